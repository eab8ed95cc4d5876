//! Links the C compiler's unwinder into the program instead of loading it as a library of its own: one shared library
//! less to find, map and bind, which is a twentieth of a small command. Where it is not to be found, all stays as it is.

#![allow(clippy::disallowed_methods, reason = "cargo tells a build script in the environment what is built")]

use std::env;
use std::path::PathBuf;
use std::process::Command;

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    let is = |name: &str, value: &str| env::var(name).is_ok_and(|set| set == value);
    // Only a program that is optimised as a whole asks for it before the shared one; and the compiler of this machine
    // answers for this machine alone.
    let is_plain = is("PROFILE", "release")
        && is("CARGO_CFG_TARGET_ARCH", "x86_64")
        && is("CARGO_CFG_TARGET_OS", "linux")
        && is("CARGO_CFG_TARGET_ENV", "gnu")
        && env::var("HOST").ok() == env::var("TARGET").ok();
    if !is_plain {
        return;
    }
    let Ok(output) = Command::new("cc").arg("-print-file-name=libgcc_eh.a").output() else { return };
    let path = PathBuf::from(String::from_utf8_lossy(&output.stdout).trim());
    // What it does not have, the compiler answers with the bare name.
    if let Some(folder) = path.parent().filter(|_| path.is_absolute() && path.is_file()) {
        println!("cargo:rustc-link-search=native={}", folder.display());
        println!("cargo:rustc-link-lib=static:-bundle=gcc_eh");
    }
}

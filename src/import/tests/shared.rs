//! Where tests find the banks' files and tables of cases that are no part of the project: in `GROAT_SAMPLES`, else in
//! `../shared/samples` beside the checkout.

use std::io::Write;
use std::path::{Path, PathBuf};

/// A file, by its path from the folder of samples; its lack is told, and fails where nothing may be left out.
pub fn find(file: &str) -> Option<PathBuf> {
    #[expect(clippy::disallowed_methods, reason = "tests find their samples by the environment")]
    let (said, is_ci) =
        (std::env::var_os("GROAT_SAMPLES"), std::env::var_os("CI").is_some_and(|ci| ci == "true"));
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/samples");
    let path = said.map_or_else(beside, PathBuf::from).join(file);
    if path.is_file() {
        return Some(path);
    }
    let lack = format!("`{}` is not there; GROAT_SAMPLES names the folder of samples", path.display());
    assert!(!is_ci, "{lack}");
    // Not `eprintln`, which a test that passes keeps to itself.
    writeln!(std::io::stderr(), "left out: {lack}").expect("stderr can be written");
    None
}

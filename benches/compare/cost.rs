//! What one process costs: time of the processor, and peak memory.

use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};
use nix::sys::resource::{Usage, UsageWho, getrusage};
use nix::sys::time::TimeValLike;

/// One contender: a name and how it is started.
pub struct Contender {
    /// As the table names it.
    pub name: &'static str,
    /// Program and arguments.
    pub argv: Vec<String>,
    /// Where it runs, and with `HOME` there.
    pub folder: std::path::PathBuf,
}

impl Contender {
    /// The command, with nothing of the caller's environment but the path.
    pub fn command(&self) -> Command {
        let mut command = Command::new(&self.argv[0]);
        command.args(&self.argv[1..]).current_dir(&self.folder).env_clear();
        command.envs(std::env::var_os("PATH").map(|path| ("PATH", path)));
        command.env("HOME", &self.folder).env("LANG", "C.UTF-8").env("TZ", "UTC");
        command.env("GROAT_TODAY", super::books::TODAY);
        command.stdin(Stdio::null()).stdout(Stdio::null());
        command
    }

    /// Runs it once.
    ///
    /// # Errors
    /// A program that is not there or fails: what failed is not compared.
    pub fn run(&self) -> Result<()> {
        let status = self.command().status().with_context(|| format!("cannot run `{}`", self.argv[0]))?;
        if !status.success() {
            bail!("`{}` failed: {status}", self.argv.join(" "));
        }
        Ok(())
    }

    /// Microseconds of processor, user and system, of one run.
    ///
    /// # Errors
    /// As `run`.
    pub fn cost(&self) -> Result<i64> {
        let before = children()?;
        self.run()?;
        Ok(children()? - before)
    }
}

fn children() -> Result<i64> {
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN)?;
    Ok(usage.user_time().num_microseconds() + usage.system_time().num_microseconds())
}

/// The least cost of each contender over interleaved runs: each runs once, then each again. How often depends on how
/// long a round takes.
///
/// # Errors
/// A contender that fails.
pub fn least(contenders: &[Contender], prepare: &mut dyn FnMut() -> Result<()>) -> Result<Vec<i64>> {
    let mut least = Vec::new();
    for contender in contenders {
        prepare()?;
        least.push(contender.cost()?);
    }
    let rounds = match least.iter().sum::<i64>() {
        ..100_000 => 40,
        100_000..1_000_000 => 9,
        1_000_000..10_000_000 => 3,
        _ => 0,
    };
    for _ in 0..rounds {
        for (contender, least) in contenders.iter().zip(&mut least) {
            prepare()?;
            *least = contender.cost()?.min(*least);
        }
    }
    Ok(least)
}

/// Peak memory of one run in KiB. A child begins with the memory of the process that starts it, so that a small one
/// has to: this program, started anew.
///
/// # Errors
/// A contender that fails.
pub fn peak(contender: &Contender) -> Result<i64> {
    let itself = std::env::current_exe()?;
    let mut argv = vec![itself.display().to_string(), "--peak".to_owned()];
    argv.extend(contender.argv.iter().cloned());
    let folder = contender.folder.clone();
    let output = Contender { name: "peak", argv, folder }.command().stdout(Stdio::piped()).output()?;
    let text = String::from_utf8(output.stdout)?;
    text.trim().parse().with_context(|| format!("no peak of `{}`", contender.argv.join(" ")))
}

/// Runs a command and prints its peak memory in KiB.
///
/// # Errors
/// A command that cannot be run or fails.
pub fn print_peak(argv: &[String]) -> Result<()> {
    let (program, words) = argv.split_first().context("nothing to run")?;
    let status = Command::new(program).args(words).stdout(Stdio::null()).status()?;
    if !status.success() {
        bail!("`{}` failed: {status}", argv.join(" "));
    }
    println!("{}", getrusage(UsageWho::RUSAGE_CHILDREN).map(|usage: Usage| usage.max_rss())?);
    Ok(())
}

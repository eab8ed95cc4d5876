//! The one thread that has the book open, and answers one question after the other: Diesel blocks, and the protocol
//! must not wait for it. A program that stays for days must also see what others do meanwhile, so the book is looked at
//! anew for every question; a connection to a server is kept for the next one, but not for long.

use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::time::Duration;

use tokio::sync::oneshot;

use crate::book::{Book, Opening};
use crate::error::{Problem, Result};

/// Says how the book is opened now: the day moves on.
pub type Opener = Box<dyn Fn() -> Result<Opening> + Send>;

type Job = Box<dyn FnOnce(Result<&Book>) + Send>;

/// After this time without questions a connection is let go. Firewalls forget silent ones, and then the next statement
/// over it would wait for minutes; and a server has few of them.
const KEPT: Duration = Duration::from_secs(60);

/// Takes questions to the thread with the book.
pub struct Desk {
    jobs: Sender<Job>,
}

impl Desk {
    /// Starts the thread, which opens nothing before it is asked.
    pub fn new(opener: Opener) -> Desk {
        let (jobs, waiting) = mpsc::channel();
        std::thread::spawn(move || work(&waiting, &opener));
        Desk { jobs }
    }

    /// Asks the book.
    ///
    /// # Errors
    /// Those of `question`; a book that cannot be opened now.
    pub async fn ask<T: Send + 'static>(
        &self,
        question: impl FnOnce(&Book) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let (sender, answer) = oneshot::channel();
        // Who asked may have gone away meanwhile.
        let job = move |book: Result<&Book>| drop(sender.send(book.and_then(question)));
        let is_taken = self.jobs.send(Box::new(job)).is_ok();
        match answer.await {
            Ok(answer) if is_taken => answer,
            _ => Err(Problem::internal("nobody is at the desk any more").into()),
        }
    }
}

fn work(waiting: &Receiver<Job>, opener: &Opener) {
    let mut kept: Option<Book> = None;
    loop {
        match waiting.recv_timeout(KEPT) {
            Ok(job) => match opener().and_then(|opening| open(kept.take(), opening)) {
                Ok(book) => {
                    job(Ok(&book));
                    kept = Some(book);
                }
                Err(error) => job(Err(error)),
            },
            Err(RecvTimeoutError::Timeout) => kept = None,
            Err(RecvTimeoutError::Disconnected) => return,
        }
    }
}

fn open(kept: Option<Book>, opening: Opening) -> Result<Book> {
    // By the clock on the wall: the other one stands still while a laptop sleeps.
    let is_recent = |book: &Book| (opening.now - book.opened_at()).to_std().is_ok_and(|age| age < KEPT);
    match kept.filter(is_recent) {
        Some(book) => book.reopen(opening),
        None => Book::open(opening),
    }
}

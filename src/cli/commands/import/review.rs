//! `import -i`: what an import would join is asked row by row, then what it would offer, before anything is written.
//! Nothing of the book is held meanwhile: the import is rehearsed with the answers so far until it brings no new
//! question, and then it is done with them.

use crate::cli::context::Context;
use crate::domain::name::visible;
use crate::domain::transaction::Amount;
use crate::error::{Problem, Result};
use crate::import::answers::{Answers, Other, RowPlace};
use crate::import::decision::Match;
use crate::import::{Decision, Imported, Offer, Part, PlannedRow};

/// The answers to a question, the one that is meant when nothing is chosen first.
type Options = [(Answer, &'static str); 3];

/// How many characters of a text a question shows.
const MOST: usize = 60;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Answer {
    Yes,
    No,
    Rest,
}

const SAME: Options = [
    (Answer::Yes, "yes, it is the same"),
    (Answer::No, "no, it is another one"),
    (Answer::Rest, "yes, and so are all the rest"),
];
const SIDES: Options = [
    (Answer::Yes, "yes, they are one transfer"),
    (Answer::No, "no, it is another one"),
    (Answer::Rest, "yes, and so are all the rest"),
];
/// Nobody's file says so: what is not looked at stays apart.
const OFFER: Options = [
    (Answer::No, "no, leave it as it is"),
    (Answer::Yes, "yes, make them one transfer"),
    (Answer::Rest, "no, and leave all the rest"),
];

/// What the user says of the rows that are joined or offered by likeness; then asks for the whole. `rehearse` does the
/// import with the answers so far, and takes it back.
///
/// # Errors
/// Nobody to ask; a no to the whole; an interrupted prompt; what a rehearsal says.
pub fn ask(cx: &Context, mut rehearse: impl FnMut(&Answers) -> Result<Imported>) -> Result<Answers> {
    let mut answers = Answers::default();
    // It ends: each round has an answer more to a pair of a row and a transaction, and of those there are so many.
    let settled = loop {
        let rehearsed = rehearse(&answers)?;
        if !ask_once(cx, &rehearsed, &mut answers)? {
            break rehearsed;
        }
    };
    let [new, matched, known] = ["new", "matched", "duplicate"].map(|word| settled.count(word));
    cx.ask.confirm(&format!("Import {new} new, {matched} matched, {known} known?"))?;
    Ok(answers)
}

/// Where nobody can be asked, `-i` is no use.
///
/// # Errors
/// Without a terminal.
pub fn refuse_without_terminal(cx: &Context) -> Result<()> {
    if cx.ask.can_ask() {
        return Ok(());
    }
    Err(Problem::would_ask("`-i` asks row by row, and nobody can be asked here")
        .hint("leave out `-i`: `-n` shows what would be done")
        .into())
}

/// Asks what is not answered yet, up to the first answer by which other rows may be joined than in this rehearsal:
/// then it answers true. So a row's next candidate is proposed before the next row is.
fn ask_once(cx: &Context, rehearsed: &Imported, answers: &mut Answers) -> Result<bool> {
    let is_open = |question: &Question<'_>| !answers.has(question.row, question.other);
    let matches: Vec<_> = matches(rehearsed).filter(is_open).collect();
    let mut offers: Vec<_> = offers(rehearsed).filter(is_open).collect();
    offers.sort_by_key(|question| question.row);
    for (place, question) in matches.iter().enumerate() {
        match question.put(cx)? {
            Answer::Yes => answers.confirm(question.row, question.other),
            Answer::No => {
                question.refuse(answers);
                return Ok(true);
            }
            // Those of this rehearsal: what a later one proposes instead of something refused is asked all the same.
            Answer::Rest => {
                matches[place..].iter().for_each(|rest| answers.confirm(rest.row, rest.other));
                break;
            }
        }
    }
    let Some(question) = offers.first() else { return Ok(false) };
    match question.put(cx)? {
        Answer::Yes => answers.confirm(question.row, question.other),
        Answer::No => question.refuse(answers),
        Answer::Rest => {
            offers.iter().for_each(|rest| rest.refuse(answers));
            answers.leave_offers();
        }
    }
    Ok(true)
}

/// A row with what it may be, or be the other side of.
struct Question<'a> {
    rehearsed: &'a Imported,
    part: &'a Part,
    line: &'a PlannedRow,
    row: RowPlace,
    transaction: i64,
    other: Other,
    likeness: Likeness<'a>,
}

/// By what the two are alike.
enum Likeness<'a> {
    Match(Match),
    Offer(&'a Offer),
}

/// Rows that are joined by likeness alone: ids, keys and other files' rows leave no doubt.
fn matches(rehearsed: &Imported) -> impl Iterator<Item = Question<'_>> {
    let parts = rehearsed.parts.iter().enumerate();
    parts.flat_map(move |(place, part)| {
        part.plan.matched.shown.iter().filter_map(move |line| {
            let Decision::Matched { transaction, by } = line.decision else { return None };
            let question = Question::new(rehearsed, (place, line), transaction, Likeness::Match(by));
            let is_doubtful = match by {
                Match::Typed(_) | Match::OtherSide(_) | Match::Pending(_) => true,
                // Of a transfer that the same file shows from its other side, it says so itself.
                Match::Leg(_) => matches!(question.other, Other::There(_)),
                Match::Source(_) | Match::PendingId | Match::Whole | Match::Payments(_) | Match::Kept => {
                    false
                }
            };
            is_doubtful.then_some(question)
        })
    })
}

/// Rows that look like the other sides of transfers, which nobody says.
fn offers(rehearsed: &Imported) -> impl Iterator<Item = Question<'_>> {
    let parts = rehearsed.parts.iter().enumerate();
    parts.flat_map(move |(place, part)| {
        part.plan.matched.offers.iter().filter_map(move |offer| {
            let line = part.shown(offer.index)?;
            Some(Question::new(rehearsed, (place, line), offer.transaction, Likeness::Offer(offer)))
        })
    })
}

impl<'a> Question<'a> {
    fn new(
        rehearsed: &'a Imported,
        (place, line): (usize, &'a PlannedRow),
        transaction: i64,
        likeness: Likeness<'a>,
    ) -> Question<'a> {
        let other = rehearsed.made_from(transaction).map_or(Other::There(transaction), Other::Made);
        let row = RowPlace { part: place, index: line.index };
        Question { rehearsed, part: &rehearsed.parts[place], line, row, transaction, other, likeness }
    }

    fn put(&self, cx: &Context) -> Result<Answer> {
        let options = match self.likeness {
            Likeness::Match(Match::OtherSide(_)) => SIDES,
            Likeness::Match(_) => SAME,
            Likeness::Offer(_) => OFFER,
        };
        let words = options.iter().map(|(_, words)| (*words).to_owned()).collect();
        let chosen = cx.ask.choice(&self.text(), words, "a terminal, or leave `-i` out")?;
        let chosen = options.into_iter().find(|(_, words)| *words == chosen);
        Ok(chosen.map_or(Answer::No, |(answer, _)| answer))
    }

    /// Keeps a no, in the words in which the row's reason tells it: `not 1 (market), as you said`.
    fn refuse(&self, answers: &mut Answers) {
        let name = self.name().map_or_else(String::new, |name| format!(" ({name})"));
        let side = if self.is_side() { "the other side of " } else { "" };
        answers.refuse(self.row, self.other, format!("{side}{}{name}", self.number()));
    }

    /// `line 12, 2026-01-14, -45.60 EUR, Tesco:`, and on a line of its own, as terminals are narrow, `is it 7 Tesco,
    /// typed for 2026-01-12?`.
    fn text(&self) -> String {
        let account = &self.part.plan.account;
        let amount = Amount { minor: self.line.amount, exponent: account.exponent };
        let line = &self.line.line;
        let payee = line.payee.as_deref().or(line.memo.as_deref()).unwrap_or("nobody named");
        let place = match self.rehearsed.parts.len() {
            1 => String::new(),
            _ => format!(" into {}", visible(&account.name)),
        };
        format!(
            "line {}, {}, {amount} {}{place}, {}:\n  is it {}",
            line.line,
            line.date,
            account.currency,
            short(payee),
            self.what()
        )
    }

    /// `7 Tesco, typed for 2026-01-12?`.
    fn what(&self) -> String {
        let name = self.name().map_or_else(String::new, |name| format!(" {name}"));
        let one = format!("{}{name}", self.number());
        match &self.likeness {
            Likeness::Match(Match::OtherSide(account)) => {
                let account = self.part.plan.matched.sources.get(usize::from(*account));
                let place = account.map_or_else(String::new, |account| format!(" in {account}"));
                format!("the other side of {one}{}{place}?", self.of_day())
            }
            Likeness::Offer(offer) => {
                let category =
                    if offer.has_category { " (a transfer within the budget has no category)" } else { "" };
                let rivals = match offer.rivals {
                    0 => String::new(),
                    1 => " (1 other may be it as well)".to_owned(),
                    many => format!(" ({many} others may be it as well)"),
                };
                format!("the other side of {one}{} in {}?{category}{rivals}", self.of_day(), offer.account)
            }
            Likeness::Match(Match::Pending(days)) => format!("{one}, pending {}?", self.day(*days, "since")),
            Likeness::Match(Match::Leg(days)) => {
                format!("a side of transfer {one}, entered {}?", self.day(*days, "for"))
            }
            Likeness::Match(Match::Typed(days)) => format!("{one}, typed {}?", self.day(*days, "for")),
            Likeness::Match(
                Match::Source(_) | Match::PendingId | Match::Whole | Match::Payments(_) | Match::Kept,
            ) => {
                format!("{one}?")
            }
        }
    }

    /// `for 2026-01-12`, so many days before the row's own.
    fn day(&self, days: i8, word: &str) -> String {
        let day = self.line.line.date - chrono::Duration::days(days.into());
        if days == 0 { format!("{word} the same day") } else { format!("{word} {day}") }
    }

    /// ` of 2026-01-12`, where that is another day than the row's.
    fn of_day(&self) -> String {
        let day = self.part.plan.head(self.transaction).map(|head| head.date);
        let other = day.filter(|day| *day != self.line.line.date);
        other.map_or_else(String::new, |day| format!(" of {day}"))
    }

    fn is_side(&self) -> bool {
        matches!(self.likeness, Likeness::Offer(_) | Likeness::Match(Match::OtherSide(_)))
    }

    /// The transaction's number; of one that is made of the same file, the line, as it has no number yet.
    fn number(&self) -> String {
        let of = |row: RowPlace| self.rehearsed.parts.get(row.part)?.shown(row.index);
        match self.other {
            Other::There(id) => id.to_string(),
            Other::Made(row) => {
                of(row).map_or_else(|| "another row".to_owned(), |row| format!("line {}", row.line.line))
            }
        }
    }

    /// Whom the transaction names, else what was noted.
    fn name(&self) -> Option<String> {
        let head = self.part.plan.head(self.transaction)?;
        let name = head.payee.as_deref().or(head.note.as_deref())?;
        Some(short(name))
    }
}

/// As much of a text as a question has room for: a bank's may have a thousand characters.
fn short(text: &str) -> String {
    let shown = visible(text);
    match shown.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", shown[..end].trim_end()),
        None => shown.into_owned(),
    }
}

//! What YNAB and Actual write before the memo of a split's parts: `Split (1/3)`, `(Split 1/3)`, `(SPLIT 1 OF 3)`, and
//! before that of the whole `(SPLIT INTO 3)`.

/// Nobody parts a payment into more.
const MOST_PARTS: usize = 1000;

/// What the marker says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Marker {
    /// One part, from 1, of so many.
    Part { number: usize, of: usize },
    /// The whole, of so many parts.
    Whole { of: usize },
}

/// YNAB's marker and the memo behind it.
pub fn of_ynab(memo: &str) -> Option<(Marker, &str)> {
    let bare = memo.strip_prefix('(').unwrap_or(memo);
    let rest = word(bare, "split")?;
    let rest = if bare.len() == memo.len() { rest.strip_prefix('(')? } else { rest };
    let (number, rest) = number(rest)?;
    let (of, rest) = self::number(rest.strip_prefix('/')?)?;
    part(number, of, rest.strip_prefix(')')?)
}

/// Actual's marker and the memo behind it.
pub fn of_actual(memo: &str) -> Option<(Marker, &str)> {
    let rest = word(memo.strip_prefix('(')?, "split")?;
    if let Some(rest) = word(rest, "into") {
        let (of, rest) = number(rest)?;
        let is_sound = (1..=MOST_PARTS).contains(&of);
        return is_sound.then_some((Marker::Whole { of }, rest.strip_prefix(')')?.trim()));
    }
    let (number, rest) = number(rest)?;
    let (of, rest) = self::number(word(rest, "of")?)?;
    part(number, of, rest.strip_prefix(')')?)
}

fn part(number: usize, of: usize, rest: &str) -> Option<(Marker, &str)> {
    let is_sound = (1..=of).contains(&number) && of <= MOST_PARTS;
    is_sound.then_some((Marker::Part { number, of }, rest.trim()))
}

/// What stands behind a word, in any case, and behind the blanks after it.
fn word<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    let text = text.trim_start();
    let (start, rest) = text.split_at_checked(word.len())?;
    start.eq_ignore_ascii_case(word).then(|| rest.trim_start())
}

fn number(text: &str) -> Option<(usize, &str)> {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    Some((text[..end].parse().ok()?, text[end..].trim_start()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markers_are_told_from_memos() {
        let part = |number, of| Marker::Part { number, of };
        let cases = [
            ("Split (1/3) bread", Some((part(1, 3), "bread")), None),
            ("Split (3/3)", Some((part(3, 3), "")), None),
            ("(Split 2/3) bread", Some((part(2, 3), "bread")), None),
            ("(SPLIT 2 OF 3) bread", None, Some((part(2, 3), "bread"))),
            ("(SPLIT INTO 3) all", None, Some((Marker::Whole { of: 3 }, "all"))),
            ("Split (4/3)", None, None),
            ("Split (0/3)", None, None),
            ("Split 1/3", None, None),
            ("Split (1/9999)", None, None),
            ("Split (1/99999999999999999999)", None, None),
            ("(SPLIT INTO undefined)", None, None),
            ("Split with Ann (1/2)", None, None),
            ("", None, None),
            ("äöü", None, None),
        ];
        for (memo, ynab, actual) in cases {
            assert_eq!((of_ynab(memo), of_actual(memo)), (ynab, actual), "{memo}");
        }
    }
}

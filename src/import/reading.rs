//! How a file is read: by what it shows itself, else by what earlier files of the same kind settled (date order,
//! decimal mark, signs). What it shows otherwise than they did is for the user to say: one of them was misread.

use super::formats::{self, DateOrder, FormatName, Layout, Options, ReadSeek, Row, Signs, SurveyError};
use crate::db::connection::io_reason;
use crate::db::sources::SourceRow;
use crate::domain::counted;
use crate::domain::invalid::Invalid;
use crate::error::{OrUsage, Problem, Result};

/// What can be said of a file, and of what.
const FLAGS: [(&str, &str); 2] = [("--date-order", "dates"), ("--decimal", "decimal marks")];

/// Surveys a file; `earlier` are the sources that it may be of.
///
/// # Errors
/// A file that is none; what was said of it and its rows disprove; what it leaves open and no earlier file settled; what it shows otherwise than they did.
pub fn survey(
    input: &mut dyn ReadSeek,
    format: FormatName,
    options: &Options,
    earlier: &[SourceRow],
) -> Result<Layout> {
    match formats::survey(input, format, options) {
        Ok(layout) => {
            refuse_disproved(input, format, options, &layout)?;
            with_known_signs(input, format, options, earlier, layout)
        }
        Err(SurveyError::Invalid(invalid)) => Err(Problem::from(invalid).into()),
        Err(SurveyError::Io(error)) => Err(unreadable(&error).into()),
        Err(SurveyError::Open(open)) => {
            for known in earlier {
                if let Ok(layout) = formats::survey(input, format, &remembered(options, known)?)
                    && layout.source() == known.source
                {
                    return Ok(layout);
                }
            }
            Err(asked(open).into())
        }
    }
}

/// Refuses a date order or a decimal mark that was said of a file whose rows show the other one: with it some of them
/// cannot be read, and the rest would be read wrongly.
///
/// # Errors
/// Such a file.
fn refuse_disproved(
    input: &mut dyn ReadSeek,
    format: FormatName,
    options: &Options,
    layout: &Layout,
) -> Result<()> {
    let unsaid = [
        options.date_order.map(|_| Options { date_order: None, ..options.clone() }),
        options.decimal.map(|_| Options { decimal: None, ..options.clone() }),
    ];
    let shown = |layout: &Layout| {
        [layout.date_order().map(|order| order.as_str().to_owned()), layout.decimal().map(String::from)]
    };
    for (place, ((unsaid, said), (flag, what))) in
        unsaid.into_iter().zip(shown(layout)).zip(FLAGS).enumerate()
    {
        let Some((unsaid, said)) = unsaid.zip(said) else { continue };
        let Ok(own) = formats::survey(input, format, &unsaid) else { continue };
        let [dates, decimal] = shown(&own);
        let Some(shows) = (if place == 0 { dates } else { decimal }).filter(|shows| *shows != said) else {
            continue;
        };
        let lost = unreadable_rows(input, layout)?.saturating_sub(unreadable_rows(input, &own)?);
        if lost > 0 {
            let rows = counted(i64::try_from(lost)?, "row", "rows");
            return Err(Problem::usage(format!(
                "the {what} of this file are `{shows}`: {rows} cannot be read with `{flag} {said}`"
            ))
            .hint(format!("leave `{flag}` out, or say `{flag} {shows}`"))
            .into());
        }
    }
    Ok(())
}

fn unreadable_rows(input: &mut dyn ReadSeek, layout: &Layout) -> Result<usize> {
    let mut count = 0;
    for row in formats::rows(input, layout).map_err(|error| unreadable(&error))? {
        count += usize::from(matches!(row.map_err(|error| unreadable(&error))?, Row::Rejected(_)));
    }
    Ok(count)
}

/// The same file read with the signs that earlier files of its kind settled, where its own rows leave them open.
fn with_known_signs(
    input: &mut dyn ReadSeek,
    format: FormatName,
    options: &Options,
    earlier: &[SourceRow],
    layout: Layout,
) -> Result<Layout> {
    let source = layout.source();
    if let Some(known) = earlier.iter().find(|known| known.source == source) {
        if let Some(problem) = contradiction(&layout, known, options) {
            return Err(problem.into());
        }
        let signs = signs_of(known)?;
        if signs.is_none() || layout.signs().is_none() || layout.signs() == signs {
            return Ok(layout);
        }
        return match formats::survey(input, format, &Options { signs, ..options.clone() }) {
            Ok(layout) => Ok(layout),
            Err(SurveyError::Open(open)) => Err(asked(open).into()),
            Err(SurveyError::Invalid(invalid)) => Err(Problem::from(invalid).into()),
            Err(SurveyError::Io(error)) => Err(unreadable(&error).into()),
        };
    }
    // Where nobody writes into it, a column without a heading is not seen to be the one that says in or out.
    for known in earlier.iter().filter(|known| known.source.starts_with(&layout.kind())) {
        let signs = signs_of(known)?;
        if matches!(signs, Some(Signs::Words { .. }))
            && let Ok(read) = formats::survey(input, format, &Options { signs, ..options.clone() })
            && read.source() == known.source
        {
            return Ok(read);
        }
    }
    Ok(layout)
}

fn signs_of(known: &SourceRow) -> Result<Option<Signs>> {
    known.signs.as_deref().map(Signs::parse).transpose().usage()
}

/// What was said, and for the rest what earlier files settled.
fn remembered(options: &Options, known: &SourceRow) -> Result<Options> {
    Ok(Options {
        date_order: match (&options.date_order, &known.date_order) {
            (None, Some(word)) => Some(DateOrder::parse(word).usage()?),
            (said, _) => *said,
        },
        decimal: options
            .decimal
            .or_else(|| known.decimal_mark.as_deref().and_then(|mark| mark.chars().next())),
        signs: signs_of(known)?,
        ..options.clone()
    })
}

fn unreadable(error: &std::io::Error) -> Problem {
    Problem::usage(format!("cannot read the file: {}", io_reason(error)))
}

fn asked(open: Invalid) -> Problem {
    let problem = Problem::would_ask(open.message);
    match open.hint {
        Some(hint) => problem.hint(hint),
        None => problem,
    }
}

/// Dates or amounts that earlier files of this kind wrote in another way: one of them was misread.
fn contradiction(layout: &Layout, known: &SourceRow, options: &Options) -> Option<Problem> {
    let now =
        [layout.date_order().map(|order| order.as_str().to_owned()), layout.decimal().map(String::from)];
    let before = [known.date_order.clone(), known.decimal_mark.clone()];
    let is_said = [options.date_order.is_some(), options.decimal.is_some()];
    for (((now, before), is_said), (flag, what)) in now.into_iter().zip(before).zip(is_said).zip(FLAGS) {
        if let (Some(now), Some(before), false) = (now, before, is_said)
            && now != before
        {
            return Some(
                Problem::would_ask(format!(
                    "the {what} here are `{now}`, but in earlier files of this kind `{before}`"
                ))
                .hint(format!(
                    "`{flag} {now}` reads this file so, and later ones as before; where those earlier ones were \
                     misread, `groat import undo` them first"
                )),
            );
        }
    }
    None
}

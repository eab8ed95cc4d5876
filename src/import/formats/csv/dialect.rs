//! Where the rows of a file begin and what parts their columns, from its first lines.
//!
//! `survey` asks once; both passes then open the file through `Dialect::records`. The delimiter is the
//! one under which a line of header words appears; without such a line the cells show where the rows
//! begin, and `guess` what they hold.

use std::collections::HashSet;
use std::io::{self, Read, SeekFrom};

use csv::StringRecord;
use encoding_rs::UTF_8;

use super::super::text::Encoded;
use super::super::text::Lines;
use super::super::text::dates;
use super::super::{Options, ReadSeek, SurveyError};
use super::cells::cell;
use super::guess::{Guess, Sample};
use super::head::Head;
use super::headers::{self, Known};
use super::layout;
use super::records::{Record, Records};
use super::said::{self, Said};
use crate::domain::invalid::Invalid;

/// How many records are looked at to find the header.
const HEAD_RECORDS: usize = 100;

const DELIMITERS: [u8; 4] = *b",;\t|";

/// How to come from the bytes of a file to its rows.
#[derive(Clone, Debug)]
pub struct Dialect {
    /// The encoding.
    pub encoded: Encoded,
    /// What parts the columns.
    pub delimiter: u8,
    /// The header's cells; blank ones where there is none.
    pub names: Vec<String>,
    /// The 1-based physical line of the header.
    pub header_line: Option<u64>,
    /// Physical lines before the first row, or before the header.
    lines_before: u64,
    /// Records at the end that are no rows.
    pub footer: usize,
}

/// What the first lines show.
pub struct Beginning {
    /// How to come to the rows.
    pub dialect: Dialect,
    /// The first row.
    pub first: Option<StringRecord>,
    /// What the cells show, where headings do not say all that is needed.
    pub guess: Option<Guess>,
}

/// The dialect of a file, and what its first rows show.
pub fn detect(
    input: &mut dyn ReadSeek,
    encoded: Encoded,
    options: &Options,
) -> Result<Beginning, SurveyError> {
    let head = Head::read(input, encoded, options)?;
    let said = options.delimiter.and_then(|c| u8::try_from(c).ok()).or(head.delimiter);
    let delimiters = said.map_or(DELIMITERS.to_vec(), |delimiter| vec![delimiter]);
    let mut drafts = Vec::new();
    for delimiter in delimiters {
        drafts.push(Draft::new(&head, delimiter, options)?);
    }
    // Of equals the first: the commoner delimiter.
    let best = drafts.into_iter().rev().max_by_key(Draft::merit);
    let draft =
        best.filter(|draft| !draft.records.is_empty()).ok_or_else(|| Invalid::new("the file is empty"))?;
    draft.settle(encoded, &head, options)
}

/// The fingerprints of every line near the beginning that may be a header, whatever parts its columns.
pub fn fingerprints(input: &mut dyn ReadSeek, encoded: Encoded) -> Result<HashSet<String>, SurveyError> {
    let options = Options::default();
    let head = Head::read(input, encoded, &options)?;
    let mut all = HashSet::new();
    for delimiter in DELIMITERS.into_iter().chain(head.delimiter) {
        let draft = Draft::new(&head, delimiter, &options)?;
        let names = draft.records.iter().map(|(_, fields)| fields).filter(|fields| fields.len() > 1);
        all.extend(names.map(|fields| layout::fingerprint(fields.iter().map(str::trim))));
    }
    Ok(all)
}

impl Dialect {
    /// The records of the file from its first row on.
    pub fn records<'a>(&self, input: &'a mut dyn ReadSeek) -> io::Result<Records<impl Read + use<'a>>> {
        let mut lines = open(input, self.encoded)?;
        let mut passed = String::new();
        while lines.number() < self.lines_before && lines.read(&mut passed)?.is_some() {
            passed.clear();
        }
        let mut records = Records::new(lines, self.delimiter, self.names.len()).without_last(self.footer);
        if self.header_line.is_some() {
            records.read(&mut Record::default())?;
        }
        Ok(records)
    }
}

fn open(input: &mut dyn ReadSeek, encoded: Encoded) -> io::Result<Lines<&mut dyn ReadSeek>> {
    input.seek(SeekFrom::Start(encoded.bom))?;
    Ok(Lines::new(input, encoded.encoding, 0))
}

/// The first records as one delimiter parts them.
struct Draft {
    delimiter: u8,
    records: Vec<(u64, StringRecord)>,
    header: Option<(Known, usize)>,
    rows: usize,
}

impl Draft {
    fn new(head: &Head, delimiter: u8, options: &Options) -> io::Result<Draft> {
        let lines = Lines::new(head.text.as_bytes(), UTF_8, head.before);
        let mut source = Records::new(lines, delimiter, 2);
        let mut record = Record::default();
        let mut draft = Draft { delimiter, records: Vec::new(), header: None, rows: 0 };
        while draft.records.len() < HEAD_RECORDS && source.read(&mut record)? {
            if record.flaw.is_none() {
                draft.take(record.line, &record.fields, options);
            }
        }
        Ok(draft)
    }

    fn take(&mut self, line: u64, fields: &StringRecord, options: &Options) {
        // Where the first line is said to be the header, it is, whatever its words.
        let may_be_header = match options.has_header {
            Some(is_there) => is_there && self.records.is_empty(),
            None => true,
        };
        if may_be_header
            && let Some(known) = headers::known(fields, options)
            && self.header.is_none_or(|(best, _)| known > best)
        {
            self.header = Some((known, self.records.len()));
        }
        self.rows += usize::from(fields.len() > 1 && fields.iter().any(|cell| dates::read(cell).is_some()));
        self.records.push((line, fields.clone()));
    }

    /// What speaks for the delimiter: a whole header, its words, rows with a date, and columns.
    fn merit(&self) -> (u8, usize, usize, usize) {
        let known = self.header.map_or(Known { essentials: 0, words: 0 }, |(known, _)| known);
        let width = self.records.iter().map(|(_, fields)| fields.len()).max().unwrap_or(0);
        (known.essentials, known.words, self.rows, width)
    }

    fn settle(self, encoded: Encoded, head: &Head, options: &Options) -> Result<Beginning, SurveyError> {
        let header = self.header.filter(|(known, _)| known.essentials == 2).map(|(_, at)| at);
        let (names_at, first) = match (options.has_header, header) {
            (Some(true), _) => (Some(0), 1),
            (_, Some(at)) => (Some(at), at + 1),
            _ => self.by_cells(options)?,
        };
        let first_row = self.records.get(first).map(|(_, fields)| fields.clone());
        let names = match names_at {
            Some(at) => self.records[at].1.iter().map(|name| name.trim().to_owned()).collect(),
            None => vec![String::new(); first_row.as_ref().map_or(0, StringRecord::len)],
        };
        let guess = if header.is_some() { None } else { Some(self.guess(&names, first, options)?) };
        let header_line = names_at.map(|at| self.records[at].0);
        // Without a header the rows begin behind the line before the first; `sep=` and what was skipped count.
        let start = header_line.or_else(|| self.records.get(first).map(|(line, _)| *line));
        let lines_before = start.map_or(head.before, |line| line - 1);
        let footer = options.footer.unwrap_or(0);
        let dialect =
            Dialect { encoded, delimiter: self.delimiter, names, header_line, lines_before, footer };
        Ok(Beginning { dialect, first: first_row, guess })
    }

    /// Without known header words: the rows begin where a cell is a day, in the column that was said for it.
    fn by_cells(&self, options: &Options) -> Result<(Option<usize>, usize), Invalid> {
        let cells = self.shown();
        let said = Said::find_all(&cells, options)?;
        let read = |text: &str| match &options.date_format {
            None => dates::read(text),
            Some(format) => dates::read_as(text, format),
        };
        let width = self.usual_width();
        let is_row = |(_, fields): &(u64, StringRecord)| match said.date {
            Some(date) => read(cell(fields, date)).is_some(),
            None => fields.len() == width && fields.iter().any(|text| read(text).is_some()),
        };
        match (self.records.iter().position(is_row), said.date) {
            (Some(first), _) => Ok((self.names_before(first, options), first)),
            (None, Some(date)) => Err(Invalid::new(format!("no row has a date in column {}", date + 1))),
            (None, None) => {
                let names: Vec<_> = cells.iter().map(|cell| (*cell).to_owned()).collect();
                let invalid = headers::choose(&names, None, options, None).err();
                Err(invalid.unwrap_or_else(|| said::missing(&cells, true, true)))
            }
        }
    }

    /// How many cells most records with a day in them have; a line above the rows may name a day too.
    fn usual_width(&self) -> usize {
        let mut widths = std::collections::BTreeMap::new();
        let records = self.records.iter().map(|(_, fields)| fields).filter(|fields| fields.len() > 1);
        for fields in records.filter(|fields| fields.iter().any(|text| dates::read(text).is_some())) {
            *widths.entry(fields.len()).or_insert(0) += 1;
        }
        widths.into_iter().max_by_key(|(width, count)| (*count, *width)).map_or(0, |(width, _)| width)
    }

    fn guess(&self, names: &[String], first: usize, options: &Options) -> Result<Guess, SurveyError> {
        let cells: Vec<_> = names.iter().map(String::as_str).collect();
        let said = Said::find_all(&cells, options)?;
        let rows = self.records.iter().skip(first).map(|(_, fields)| fields);
        Sample::new(rows, names, &said).guess().map_err(SurveyError::Open)
    }

    /// The cells that a message shows as the columns: of what is most like a header, else of the widest record.
    fn shown(&self) -> Vec<&str> {
        let widest = || self.records.iter().rev().max_by_key(|(_, fields)| fields.len());
        let header = self.header.and_then(|(_, at)| self.records.get(at));
        header.or_else(widest).map_or_else(Vec::new, |(_, fields)| fields.iter().collect())
    }

    /// The record right above the first row, where it is as wide and as wordy as a header.
    fn names_before(&self, first: usize, options: &Options) -> Option<usize> {
        let above = first.checked_sub(1).filter(|_| options.has_header != Some(false))?;
        let (row, names) = (&self.records[first].1, &self.records[above].1);
        let is_word = |cell: &str| !cell.chars().any(|c| c.is_ascii_digit());
        let is_known = self.header.is_some_and(|(_, at)| at == above);
        (names.len() == row.len() && (is_known || names.iter().all(is_word))).then_some(above)
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;

    fn dialect(text: &str, options: &Options) -> Result<Dialect, SurveyError> {
        let encoded = Encoded { encoding: UTF_8, bom: 0 };
        detect(&mut Cursor::new(text.to_owned()), encoded, options).map(|found| found.dialect)
    }

    fn found(text: &str) -> (char, Option<u64>) {
        let dialect = dialect(text, &Options::default()).unwrap();
        (char::from(dialect.delimiter), dialect.header_line)
    }

    #[test]
    fn the_header_line_tells_the_delimiter() {
        assert_eq!(found("Date,Amount\n2026-03-01,5"), (',', Some(1)));
        assert_eq!(found("Datum;Betrag;Text\n01.03.2026;5,00;a,b,c,d"), (';', Some(1)));
        assert_eq!(found("Date\tAmount\n2026-03-01\t5"), ('\t', Some(1)));
        assert_eq!(found("Date|Amount\n2026-03-01|5"), ('|', Some(1)));
        assert_eq!(found("sep=;\nDate;Amount\n"), (';', Some(2)));
    }

    #[test]
    fn lines_before_the_header_are_passed_over() {
        assert_eq!(
            found("Account:;123\n\nPeriod;01.03.2026;31.03.2026\nDatum;Betrag\n01.03.2026;5"),
            (';', Some(4))
        );
        assert_eq!(found("Your \"statement\nDate,Amount\n2026-03-01,5"), (',', Some(2)));
    }

    #[test]
    fn without_known_words_columns_are_named_by_number() {
        let options =
            Options { date_column: Some("1".into()), amount_column: Some("2".into()), ..Options::default() };
        let bare = dialect("2026-03-01,5,x\n", &options).unwrap();
        assert_eq!((bare.header_line, bare.lines_before, bare.names.len()), (None, 0, 3));
        let foreign = dialect("Tag,Geld\n2026-03-01,5\n", &options).unwrap();
        assert_eq!((foreign.header_line, &foreign.names[1][..]), (Some(1), "Geld"));
    }

    #[test]
    fn skipped_lines_are_those_that_are_not_blank() {
        let text = "Date,Amount\n\nDate,Sum\n\nDate,Amount\n2026-03-01,5";
        let options = Options { skip: Some(2), ..Options::default() };
        assert_eq!(dialect(text, &options).unwrap().header_line, Some(5));
    }

    #[test]
    fn a_file_without_columns_names_the_flags() {
        let Err(SurveyError::Invalid(invalid)) = dialect("hello\nworld\n", &Options::default()) else {
            panic!()
        };
        assert_eq!(invalid.message, "no column of the file is known as its date and none as its amount");
    }
}

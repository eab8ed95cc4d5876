//! Names of months, and of days of the week, in the languages of the banks.
//!
//! `dates` asks when a date has letters in it. Abbreviations are any beginning of three letters or
//! more that fits one month alone.

use super::fold;

/// Folded full names by month; further words are abbreviations that are no beginnings of these.
const MONTHS: [&str; 12] = [
    "january januar janvier januari gennaio enero janeiro januari tammikuu styczen leden jan jaen",
    "february februar fevrier februari febbraio febrero fevereiro helmikuu luty unor feb",
    "march marz maerz mars maart marzo marco maaliskuu marzec brezen mrt mrz mar",
    "april avril aprile abril huhtikuu kwiecien duben",
    "may mai mei maggio mayo maio maj toukokuu kveten",
    "june juni juin giugno junio junho kesakuu czerwiec cerven",
    "july juli juillet luglio julio julho heinakuu lipiec cervenec",
    "august aout augustus agosto augusti elokuu sierpien srpen aug ago",
    "september septembre settembre septiembre setembro setiembre syyskuu wrzesien zari sept",
    "october oktober octobre ottobre octubre outubro lokakuu pazdziernik rijen",
    "november novembre noviembre novembro marraskuu listopad",
    "december dezember decembre dicembre diciembre dezembro desember joulukuu grudzien prosinec",
];

const DAYS: &str = "monday tuesday wednesday thursday friday saturday sunday thurs tues weds";

/// The month, 1 to 12, of a name or of an abbreviation; none where it fits several or none.
pub fn month(word: &str) -> Option<u32> {
    let word = fold(word);
    if word.chars().count() < 3 {
        return None;
    }
    let fits = |names: &&str| names.split(' ').any(|name| name.starts_with(&word));
    let is_whole = |names: &&str| names.split(' ').any(|name| name == word);
    let only = |test: &dyn Fn(&&str) -> bool| {
        let mut found = (1..).zip(&MONTHS).filter(|(_, names)| test(names));
        found.next().filter(|_| found.next().is_none()).map(|(month, _)| month)
    };
    only(&is_whole).or_else(|| only(&fits))
}

/// Whether the word is an English day of the week, or the beginning of one.
pub fn is_day_of_week(word: &str) -> bool {
    let word = word.to_ascii_lowercase();
    word.len() >= 3 && DAYS.split(' ').any(|day| day.starts_with(&word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_are_known_in_many_languages() {
        let cases = [
            ("Dec", 12),
            ("dez", 12),
            ("März", 3),
            ("mrt", 3),
            ("févr", 2),
            ("AOÛT", 8),
            ("okt", 10),
            ("juin", 6),
            ("juil", 7),
            ("maj", 5),
            ("Sept", 9),
            ("January", 1),
            ("mar", 3),
            ("may", 5),
        ];
        for (word, expected) in cases {
            assert_eq!(month(word), Some(expected), "{word}");
        }
        for word in ["ma", "jui", "xyz", "", "cerve"] {
            assert_eq!(month(word), None, "{word}");
        }
    }
}

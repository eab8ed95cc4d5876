//! Times of day in people's texts, of which groat keeps none: they are only told from what else has a colon.

/// Whether a colon stands between hours and minutes, by the word before it and the text behind.
pub fn is_time_of_day(hours: &str, behind: &str) -> bool {
    let end = behind.find(|c: char| !c.is_ascii_digit()).unwrap_or(behind.len());
    let minutes = &behind[..end];
    let is_below = |text: &str, limit: u8| {
        text.bytes().all(|b| b.is_ascii_digit()) && text.parse::<u8>().is_ok_and(|number| number < limit)
    };
    hours.len() <= 2 && minutes.len() == 2 && is_below(hours, 24) && is_below(minutes, 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_and_minutes_are_a_time() {
        for (hours, behind, is_time) in [
            ("12", "30", true),
            ("9", "05 sharp", true),
            ("23", "59:01", true),
            ("24", "00", false),
            ("12", "60", false),
            ("12", "300", false),
            ("12", "3", false),
            ("12", "", false),
            ("2026", "30", false),
            ("a", "30", false),
            ("", "30", false),
        ] {
            assert_eq!(is_time_of_day(hours, behind), is_time, "{hours}:{behind}");
        }
    }
}

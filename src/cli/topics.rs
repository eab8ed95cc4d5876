//! The topics of `groat help`: what holds for many commands at once. The texts are the files in `topics/`, at most
//! 80 columns wide. Tests run every line in them that begins with `$ groat` (one after the other, in a book of their
//! own; a line `exit 2: ...` below claims how it ends) and read every value of their tables.

/// Name, one line about it, and the text.
pub const TOPICS: &[(&str, &str, &str)] = &[
    ("dates", "Days: yesterday, fri, 15, 5mar, 3d ago", include_str!("topics/dates.txt")),
    ("periods", "Stretches of days: 'last month', 2026Q1, jan..mar", include_str!("topics/periods.txt")),
    ("amounts", "Money: 12.50, +12.50, 3 EUR, 45/3", include_str!("topics/amounts.txt")),
    ("queries", "What lists and reports look for: cat:food 'amt:>50'", include_str!("topics/queries.txt")),
    ("envelopes", "Budgets: what the numbers of a month mean", include_str!("topics/envelopes.txt")),
    ("targets", "What envelopes ask for: 300 up to 400", include_str!("topics/targets.txt")),
    ("rules", "What becomes of a bank's rows: payee:tesco is groceries", include_str!("topics/rules.txt")),
    ("formats", "JSON and CSV, and what scripts may rely on", include_str!("topics/formats.txt")),
    ("profiles", "How a bank's CSV is read, and how to say it", include_str!("topics/profiles.txt")),
    ("exit-codes", "What the exit code says", include_str!("topics/exit-codes.txt")),
    ("environment", "Variables, settings, and which book is used", include_str!("topics/environment.txt")),
];

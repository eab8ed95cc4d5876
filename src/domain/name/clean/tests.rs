//! Tables and properties of the stored form of names and notes.

use proptest::prelude::*;

use super::*;

const KINDS: [NameKind; 6] =
    [NameKind::Account, NameKind::Category, NameKind::Group, NameKind::Payee, NameKind::Tag, NameKind::Book];

fn refused(kind: NameKind, text: &str) -> String {
    clean(kind, text).unwrap_err().message
}

#[test]
fn a_typed_name_is_composed_trimmed_and_its_blanks_collapsed() {
    for (typed, stored) in [
        ("Groceries", "Groceries"),
        ("  Eating \u{a0}\u{2009} out \n", "Eating out"),
        ("Cafe\u{301}", "Café"),
        ("食費", "食費"),
        ("👨\u{200d}👩\u{200d}👧 ❤\u{fe0f}", "👨\u{200d}👩\u{200d}👧 ❤\u{fe0f}"),
        ("نان\u{200c}ها", "نان\u{200c}ها"),
    ] {
        for kind in KINDS {
            assert_eq!(clean(kind, typed).as_deref(), Ok(stored));
        }
    }
}

#[test]
fn a_typed_name_with_something_hidden_is_refused_and_shown_made_visible() {
    let said = clean(NameKind::Payee, "Tesco\u{1b}[31m").unwrap_err();
    assert_eq!(said.message, "payee name `Tesco␛[31m` has control or other hidden characters");
    assert_eq!(said.hint.as_deref(), Some("without them it is `Tesco [31m`"));
    for hidden in ['\n', '\t', '\0', '\u{7f}', '\u{9b}', '\u{202e}', '\u{2066}', '\u{200f}', '\u{200b}'] {
        assert!(clean(NameKind::Tag, &format!("a{hidden}b")).is_err(), "{hidden:?}");
    }
}

#[test]
fn empty_names_and_names_without_a_key_are_refused() {
    assert_eq!(refused(NameKind::Group, " \n"), "group name `` is empty");
    assert_eq!(refused(NameKind::Tag, "-- _"), "tag name `-- _` has nothing but blanks, `-` and `_`");
}

#[test]
fn two_hundred_characters_are_a_name_and_one_more_is_not() {
    assert!(clean(NameKind::Payee, &"é".repeat(200)).is_ok());
    assert_eq!(
        refused(NameKind::Payee, &"é".repeat(201)),
        format!("payee name `{}…` is 201 characters long, and 200 is the most", "é".repeat(40))
    );
}

#[test]
fn the_marks_between_group_and_category_stand_in_no_account_category_or_group() {
    let said = clean(NameKind::Category, "food/out").unwrap_err();
    assert_eq!(said.message, "category name `food/out` may not contain `/`: `/` parts group and category");
    assert_eq!(said.hint.as_deref(), Some("write it `food-out`"));
    assert!(clean(NameKind::Account, "a:b").is_err());
    assert!(clean(NameKind::Group, "a:b").is_err());
    assert_eq!(clean(NameKind::Payee, "A/S: 7").as_deref(), Ok("A/S: 7"));
    assert_eq!(clean(NameKind::Tag, "trip:rome").as_deref(), Ok("trip:rome"));
}

#[test]
fn a_book_is_the_name_of_a_file_in_its_own_folder() {
    for path in ["../home", "a/b", "a\\b", "c:", ".hidden", ".."] {
        assert!(clean(NameKind::Book, path).is_err(), "{path}");
    }
    assert_eq!(clean(NameKind::Book, "joint 2.0").as_deref(), Ok("joint 2.0"));
}

#[test]
fn reserved_words_are_reserved_in_every_spelling_that_folds_to_them() {
    for word in ["tbb", "None", "ALL", "_previous", "available-"] {
        for kind in [NameKind::Account, NameKind::Category, NameKind::Group] {
            assert!(refused(kind, word).ends_with("is a reserved word"), "{word}");
        }
        assert!(clean(NameKind::Payee, word).is_ok());
        assert!(clean(NameKind::Tag, word).is_ok());
    }
    assert!(clean(NameKind::Category, "All else").is_ok());
}

#[test]
fn a_name_from_a_file_is_repaired_and_never_refused() {
    for (raw, stored) in [
        ("TESCO\tSTORES\r\n3021", Some("TESCO STORES 3021")),
        ("\u{202e}ocseT\u{202c}", Some("ocseT")),
        ("\u{feff}Cafe\u{200b}\u{301}", Some("Café")),
        ("A/S: 7", Some("A/S: 7")),
        ("\u{1b}\0 \u{a0}", None),
        ("", None),
    ] {
        assert_eq!(clean_from_file(raw).as_deref(), stored);
    }
    assert_eq!(clean_from_file(&"é".repeat(300)), Some("é".repeat(200)));
    assert_eq!(clean_from_file(&format!("{} b", "a".repeat(199))), Some("a".repeat(199)));
}

#[test]
fn a_note_may_be_empty_and_long_but_has_one_line() {
    assert_eq!(clean_note("  "), Ok(None));
    assert_eq!(clean_note(" for  Ann\n"), Ok(Some("for Ann".to_owned())));
    assert_eq!(
        clean_note("one\ntwo").unwrap_err().message,
        "note `one␊two` has control or other hidden characters"
    );
    assert!(clean_note(&"x".repeat(2000)).is_ok());
    assert!(clean_note(&"x".repeat(2001)).is_err());
}

proptest! {
    #[test]
    fn cleaning_twice_is_cleaning_once(text in "(?s).{0,220}", kind in prop::sample::select(&KINDS)) {
        if let Ok(name) = clean(kind, &text) {
            prop_assert_eq!(clean(kind, &name), Ok(name.clone()));
            prop_assert_eq!(clean_from_file(&name), Some(name));
        }
        if let Ok(Some(note)) = clean_note(&text) {
            prop_assert_eq!(clean_note(&note), Ok(Some(note)));
        }
    }

    #[test]
    fn a_name_from_a_file_stays_as_it_is_when_read_again(text in "(?s)(.|[ -~\u{300}-\u{310}\u{200b}]){0,250}") {
        if let Some(name) = clean_from_file(&text) {
            prop_assert!(!name.is_empty() && name.chars().count() <= 200);
            prop_assert!(!name.contains(is_hidden));
            prop_assert_eq!(clean_from_file(&name), Some(name));
        }
    }
}

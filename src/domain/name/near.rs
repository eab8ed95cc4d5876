//! Near matches for "did you mean".
//!
//! Only suggests: what to do with a near match (ask, refuse, create) is the command's.

/// What stands within one slip of `wanted_key` up to five letters, within two above; closest first.
///
/// Both sides are folded keys. A slip is a letter too many, too few, another one, or two exchanged
/// (optimal string alignment). Of equally close candidates the earlier comes first.
pub fn near<'a, T>(wanted_key: &str, candidates: impl IntoIterator<Item = (&'a str, T)>) -> Vec<T> {
    let length = wanted_key.chars().count();
    let limit = if length <= 5 { 1 } else { 2 };
    let mut found: Vec<(usize, T)> = candidates
        .into_iter()
        // The difference in length is the least distance there can be, and far cheaper to find.
        .filter(|(key, _)| key.chars().count().abs_diff(length) <= limit)
        .map(|(key, candidate)| (strsim::osa_distance(wanted_key, key), candidate))
        .filter(|(distance, _)| *distance <= limit)
        .collect();
    found.sort_by_key(|(distance, _)| *distance);
    found.into_iter().map(|(_, candidate)| candidate).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near_keys<'a>(wanted: &str, keys: &[&'a str]) -> Vec<&'a str> {
        near(wanted, keys.iter().map(|key| (*key, *key)))
    }

    #[test]
    fn one_slip_is_near_up_to_five_letters_and_two_above() {
        let keys = ["groceries", "rent", "coffee", "tea"];
        assert_eq!(near_keys("grocries", &keys), ["groceries"]);
        assert_eq!(near_keys("gorcries", &keys), ["groceries"]);
        assert_eq!(near_keys("rnet", &keys), ["rent"]);
        assert_eq!(near_keys("cofe", &keys), Vec::<&str>::new());
        assert_eq!(near_keys("kofffee", &keys), ["coffee"]);
    }

    #[test]
    fn the_closest_comes_first_and_the_earlier_of_equals() {
        assert_eq!(
            near_keys("gifts-a", &["gifts-bc", "gifts-b", "gifts-a", "gifts-c"]),
            ["gifts-a", "gifts-b", "gifts-c", "gifts-bc"]
        );
    }

    #[test]
    fn letters_are_counted_and_not_bytes() {
        assert_eq!(near_keys("éééé", &["éé", "ééé"]), ["ééé"]);
    }
}

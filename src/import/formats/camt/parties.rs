//! Who paid and who was paid, and which of the two is the other side.
//!
//! The roles are those of the payment: of money out, the other side is the creditor, of money in, the debtor. A reversal
//! shows the roles of the payment that it takes back.

use super::super::text::amounts::Side;
use super::super::text::is_no_id;
use super::leaf::tidy;

/// The parties of a payment.
#[derive(Debug, Default)]
pub struct Parties {
    creditor: Party,
    debtor: Party,
}

/// One of them.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Party {
    /// Its name, else that of the bank which it is.
    pub name: Option<String>,
    /// On whose behalf it acts.
    ultimate: Option<String>,
    /// Its IBAN, else its number.
    pub account: Option<String>,
}

impl Parties {
    /// Takes in an element below `RltdPties`; since version 8 names are one element deeper, in `Pty` or `Agt`.
    pub fn take(&mut self, path: &str, text: &str) {
        let Some((role, rest)) = path.split_once('/') else { return };
        let party = match role {
            "Cdtr" | "UltmtCdtr" | "CdtrAcct" => &mut self.creditor,
            "Dbtr" | "UltmtDbtr" | "DbtrAcct" => &mut self.debtor,
            _ => return,
        };
        let (place, value) = match rest {
            "Nm" | "Pty/Nm" | "Agt/FinInstnId/Nm" if role.starts_with('U') => {
                (&mut party.ultimate, name(text))
            }
            "Nm" | "Pty/Nm" | "Agt/FinInstnId/Nm" => (&mut party.name, name(text)),
            "Id/IBAN" | "Id/Othr/Id" if role.ends_with("Acct") => (&mut party.account, number(text)),
            _ => return,
        };
        if place.is_none() {
            *place = value;
        }
    }

    /// The other side of money that goes this way, for the holder of the account `own`. An account that is the holder's
    /// own is not the other side's, whatever the role: returns show either roles, as banks please.
    pub fn other(self, side: Side, is_reversal: bool, own: Option<&str>) -> Party {
        let is_out = (side == Side::Debit) != is_reversal;
        let (by_role, opposite) =
            if is_out { (self.creditor, self.debtor) } else { (self.debtor, self.creditor) };
        let is_own = |party: &Party| match (&party.account, own) {
            (Some(account), Some(own)) => is_same_account(account, own),
            _ => false,
        };
        let mut other = if is_own(&by_role) && !is_own(&opposite) { opposite } else { by_role };
        other.name = other.name.or(other.ultimate.take());
        other
    }
}

/// A name; none where the bank writes that it has none.
fn name(text: &str) -> Option<String> {
    let is_none = is_no_id(text) || text.eq_ignore_ascii_case("keine Information vorhanden");
    (!is_none).then(|| tidy(text))
}

fn number(text: &str) -> Option<String> {
    (!is_no_id(text)).then(|| tidy(text))
}

/// Whether two texts are one number, however it is grouped.
fn is_same_account(a: &str, b: &str) -> bool {
    let plain = |text: &str| {
        text.chars().filter(|c| !c.is_whitespace()).map(|c| c.to_ascii_uppercase()).collect::<String>()
    };
    plain(a) == plain(b)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn other(given: &[(&str, &str)], side: Side, is_reversal: bool) -> (Option<String>, Option<String>) {
        let mut parties = Parties::default();
        given.iter().for_each(|(path, text)| parties.take(path, text));
        let other = parties.other(side, is_reversal, Some("OWN 1"));
        (other.name, other.account)
    }

    fn found(name: &str, account: &str) -> (Option<String>, Option<String>) {
        let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        (some(name), some(account))
    }

    #[test]
    fn the_other_side_follows_from_the_direction() {
        let both =
            [("Cdtr/Nm", "Shop"), ("CdtrAcct/Id/IBAN", "S1"), ("Dbtr/Nm", "Sam"), ("DbtrAcct/Id/IBAN", "D1")];
        assert_eq!(other(&both, Side::Debit, false), found("Shop", "S1"));
        assert_eq!(other(&both, Side::Credit, false), found("Sam", "D1"));
        assert_eq!(other(&both, Side::Credit, true), found("Shop", "S1"));
        assert_eq!(other(&both, Side::Debit, true), found("Sam", "D1"));
    }

    #[test]
    fn the_own_account_is_never_the_other_side() {
        let returned = [("Cdtr/Nm", "Shop"), ("Dbtr/Nm", "Sam"), ("DbtrAcct/Id/IBAN", "own1")];
        assert_eq!(other(&returned, Side::Credit, false), found("Shop", ""));
        let alone = [("Cdtr/Nm", "Sam"), ("CdtrAcct/Id/IBAN", "OWN1")];
        assert_eq!(other(&alone, Side::Debit, false), found("", ""));
        let to_itself =
            [("Cdtr/Nm", "A"), ("CdtrAcct/Id/IBAN", "OWN1"), ("Dbtr/Nm", "B"), ("DbtrAcct/Id/IBAN", "OWN1")];
        assert_eq!(other(&to_itself, Side::Debit, false), found("A", "OWN1"));
    }

    #[test]
    fn names_of_newer_versions_are_one_element_deeper() {
        let cases: [(&[(&str, &str)], _); 6] = [
            (&[("Cdtr/Pty/Nm", "Shop  \n Ltd")], found("Shop Ltd", "")),
            (&[("Cdtr/Agt/FinInstnId/Nm", "Bank")], found("Bank", "")),
            (&[("UltmtCdtr/Pty/Nm", "Behind")], found("Behind", "")),
            (&[("UltmtCdtr/Nm", "Behind"), ("Cdtr/Nm", "Front")], found("Front", "")),
            (&[("Cdtr/Nm", "NOTPROVIDED"), ("UltmtCdtr/Nm", "keine Information vorhanden")], found("", "")),
            (
                &[
                    ("CdtrAcct/Id/Othr/Id", "  740618"),
                    ("Cdtr/PstlAdr/Ctry", "DE"),
                    ("Cdtr/Id/OrgId/Othr/Id", "7"),
                ],
                found("", "740618"),
            ),
        ];
        for (given, expected) in cases {
            assert_eq!(other(given, Side::Debit, false), expected, "{given:?}");
        }
    }
}

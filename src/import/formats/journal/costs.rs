//! What stands behind an amount of hledger's or ledger's: lots, costs, and the balance that is asserted.
//!
//! Costs count for the balance of their transaction as in the program whose file it is: in ledger a lot's
//! price goes before `@` where both are there, and is nothing alone; in hledger lots are passed over.

use super::amount::{self, Amount};
use super::dialect::Dialect;
use super::scan::Scan;
use super::styles::Styles;

/// What an amount was bought or sold for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Cost {
    /// Nothing is said.
    #[default]
    None,
    /// So much for one.
    Each(Amount),
    /// So much for all; the sign is that of the amount.
    Total(Amount),
    /// The file does not say it: it follows from the other postings.
    Unknown,
}

/// The balance that a posting says its account has after it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asserted {
    /// The balance in one commodity.
    pub amount: Amount,
    /// Whether accounts below it count, too.
    pub has_children: bool,
}

/// All that stands behind an amount.
#[derive(Debug, Default)]
pub struct Behind {
    /// The cost that counts.
    pub cost: Cost,
    /// The balance that is asserted or, where no amount stands, assigned.
    pub asserted: Option<Asserted>,
}

/// Reads to the comment or the end.
///
/// # Errors
/// For anything unknown.
pub fn read(scan: &mut Scan<'_>, styles: &mut Styles) -> Result<Behind, String> {
    let (mut cost, mut basis, mut asserted) = (None, None, None);
    loop {
        scan.skip_blanks();
        match scan.peek() {
            None | Some(';') => break,
            Some('@') => {
                let read = price(scan, "@", styles)?;
                // One behind `=` belongs to the balance.
                let place = if asserted.is_none() { &mut cost } else { continue };
                if place.replace(read).is_some() {
                    return Err("an amount has two costs".to_owned());
                }
            }
            Some('{') => basis = lot_price(scan, styles)?.or(basis),
            Some('[') => pass(scan, "[", "]")?,
            Some('(') if scan.rest().starts_with("(@") => {
                scan.eat("(");
                let marks = scan.take_while(|c| c == '@');
                if !scan.eat(")") {
                    return Err("a parenthesis is not closed".to_owned());
                }
                cost = Some(price_behind(marks, scan, styles)?);
            }
            Some('(') => pass(scan, "(", ")")?,
            Some('=') if asserted.is_none() => asserted = Some(balance(scan, styles)?),
            _ => return Err(format!("`{}` stands behind an amount", scan.next_word())),
        }
    }
    let is_basis = styles.dialect == Dialect::Ledger && cost.is_some();
    let cost = if is_basis { basis.or(cost) } else { cost };
    Ok(Behind { cost: cost.unwrap_or_default(), asserted })
}

/// Moves behind what stands in brackets.
fn pass(scan: &mut Scan<'_>, open: &str, close: &str) -> Result<(), String> {
    scan.eat(open);
    scan.take_until(close).map(drop).ok_or_else(|| format!("`{open}` is not closed by `{close}`"))
}

fn price(scan: &mut Scan<'_>, mark: &str, styles: &mut Styles) -> Result<Cost, String> {
    let marks = if scan.eat("@@") { "@@" } else { mark };
    if marks == mark {
        scan.eat(mark);
    }
    price_behind(marks, scan, styles)
}

fn price_behind(marks: &str, scan: &mut Scan<'_>, styles: &mut Styles) -> Result<Cost, String> {
    scan.skip_blanks();
    let doubts = styles.ambiguous.clone();
    let amount = amount::read(scan, styles)?;
    // Prices have many decimals: nothing to be told.
    styles.ambiguous = doubts;
    Ok(if marks.len() > 1 { Cost::Total(amount) } else { Cost::Each(amount) })
}

/// `{$5}`, `{{$50}}`, `{=$5}`; none for one that is calculated or empty, which says nothing that counts
/// alone.
fn lot_price(scan: &mut Scan<'_>, styles: &mut Styles) -> Result<Option<Cost>, String> {
    let (open, close, marks) =
        if scan.rest().starts_with("{{") { ("{{", "}}", "@@") } else { ("{", "}", "@") };
    scan.eat(open);
    let text = scan.take_until(close).ok_or_else(|| format!("`{open}` is not closed by `{close}`"))?;
    let mut inner = Scan::new(text.trim().trim_start_matches('=').trim_start());
    if inner.is_done() || styles.dialect == Dialect::Hledger {
        return Ok(None);
    }
    price_behind(marks, &mut inner, styles).map(Some)
}

fn balance(scan: &mut Scan<'_>, styles: &mut Styles) -> Result<Asserted, String> {
    scan.take_while(|c| c == '=');
    let has_children = scan.eat("*");
    scan.skip_blanks();
    Ok(Asserted { amount: amount::read(scan, styles)?, has_children })
}

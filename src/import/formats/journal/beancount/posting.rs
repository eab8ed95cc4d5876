//! Beancount's postings: an account, an amount that may be missing, its cost and its price.
//!
//! A cost counts for the balance, and a price where there is no cost. `{}` takes from lots that other
//! transactions have: what that costs follows from the other postings.

use super::super::amount::Amount;
use super::super::costs::Cost;
use super::super::exact;
use super::super::scan::Scan;
use super::super::scope::Scope;
use super::super::styles::Styles;
use super::super::transaction::{Posting, Quantity};
use super::super::{commodity::Commodity, dates};
use super::words;

/// Reads `[FLAG] ACCOUNT [NUMBER] [CURRENCY] [{COST}] [@ PRICE] [; COMMENT]`.
///
/// # Errors
/// For anything else.
pub fn read(line: &str, scope: &mut Scope) -> Result<Posting, String> {
    let mut scan = Scan::new(line);
    let mut ahead = scan;
    let flag = Some(ahead.take_while(|c| !c.is_whitespace())).filter(|word| words::is_flag(word));
    if flag.is_some() {
        scan = ahead;
        scan.skip_blanks();
    }
    let account = words::account(&mut scan)?;
    let quantity = quantity(&mut scan, scope.styles())?;
    let cost = cost(&mut scan, &quantity, scope.styles())?;
    let price = price(&mut scan, scope.styles())?;
    words::end(scan)?;
    Ok(Posting {
        account,
        is_virtual: false,
        date: None,
        quantity,
        cost: cost.or(price).unwrap_or_default(),
        asserted: None,
        memo: None,
        tags: Vec::new(),
        is_unconfirmed: flag.and_then(words::is_unconfirmed),
    })
}

fn quantity(scan: &mut Scan<'_>, styles: &mut Styles) -> Result<Quantity, String> {
    match scan.peek() {
        None | Some(';') => Ok(Quantity::Missing(None)),
        Some(c) if words::begins_number(c) => amount(scan, styles).map(Quantity::Given),
        Some(_) => words::commodity(scan).map(|commodity| Quantity::Missing(Some(commodity))),
    }
}

fn amount(scan: &mut Scan<'_>, styles: &mut Styles) -> Result<Amount, String> {
    let number = words::number(scan, styles)?;
    Ok(Amount { number, commodity: words::commodity(scan)? })
}

/// The cost of a lot, `Unknown` where the braces name none; none without braces.
fn cost(scan: &mut Scan<'_>, quantity: &Quantity, styles: &mut Styles) -> Result<Option<Cost>, String> {
    let is_total = scan.eat("{{");
    if !is_total && !scan.eat("{") {
        return Ok(None);
    }
    let mut found = Cost::Unknown;
    loop {
        scan.skip_blanks();
        match scan.peek() {
            Some('}') => break,
            Some(',' | '/' | '*') => drop(scan.take(1)),
            Some('"') => drop(words::string(scan)?),
            Some(_) if dates::begins(scan.rest()) => drop(dates::read(scan, None)?),
            Some('#') => found = compound(scan, None, quantity, styles)?,
            Some(c) if words::begins_number(c) => {
                let number = words::number(scan, styles)?;
                scan.skip_blanks();
                found = if scan.peek() == Some('#') {
                    compound(scan, Some(number), quantity, styles)?
                } else {
                    let amount = Amount { number, commodity: words::commodity(scan)? };
                    if is_total { Cost::Total(amount) } else { Cost::Each(amount) }
                };
            }
            Some(c) if c.is_ascii_uppercase() => drop(words::commodity(scan)?),
            None => return Err("a cost's brace is not closed".to_owned()),
            _ => return Err(format!("`{}` is no cost", scan.next_word())),
        }
    }
    if !scan.eat(if is_total { "}}" } else { "}" }) {
        return Err("a cost's brace is not closed".to_owned());
    }
    scan.skip_blanks();
    Ok(Some(found))
}

/// `5.00 # 10.00 USD`: so much for each, and so much for all.
fn compound(
    scan: &mut Scan<'_>,
    each: Option<rust_decimal::Decimal>,
    quantity: &Quantity,
    styles: &mut Styles,
) -> Result<Cost, String> {
    scan.eat("#");
    scan.skip_blanks();
    let total = if scan.peek().is_some_and(words::begins_number) {
        words::number(scan, styles)?
    } else {
        rust_decimal::Decimal::ZERO
    };
    let commodity: Commodity = words::commodity(scan)?;
    let (Quantity::Given(units), Some(each)) = (quantity, each) else { return Ok(Cost::Unknown) };
    let number = exact::add(exact::value(units.number.abs(), each)?, total)?;
    Ok(Cost::Total(Amount { number, commodity }))
}

/// The price, `Unknown` where its amount is missing; none without `@`.
fn price(scan: &mut Scan<'_>, styles: &mut Styles) -> Result<Option<Cost>, String> {
    let is_total = scan.eat("@@");
    if !is_total && !scan.eat("@") {
        return Ok(None);
    }
    scan.skip_blanks();
    match scan.peek() {
        None | Some(';') => Ok(Some(Cost::Unknown)),
        Some(c) if words::begins_number(c) => {
            let amount = amount(scan, styles)?;
            Ok(Some(if is_total { Cost::Total(amount) } else { Cost::Each(amount) }))
        }
        Some(_) => words::commodity(scan).map(|_| Some(Cost::Unknown)),
    }
}

//! Sums and products in place of a number: ledger's `(10 * $2)`, beancount's `(1 + 2) / 3`.
//!
//! The four operations, signs and parentheses, with stacks of its own, so that depth costs no stack of the
//! program's. Operands are read by the caller.

use rust_decimal::Decimal;

use super::exact;
use super::scan::Scan;

/// A number, of a commodity where one stands beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Value {
    /// The number.
    pub number: Decimal,
    /// The commodity's sign or word.
    pub symbol: Option<String>,
}

/// Reads one operand, which begins where the scan stands.
pub type Operand<'f> = dyn FnMut(&mut Scan<'_>) -> Result<Value, String> + 'f;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Operator {
    Open,
    Add,
    Subtract,
    Multiply,
    Divide,
    Negate,
}

impl Operator {
    fn rank(self) -> u8 {
        match self {
            Operator::Open => 0,
            Operator::Add | Operator::Subtract => 1,
            Operator::Multiply | Operator::Divide => 2,
            Operator::Negate => 3,
        }
    }

    fn of(c: char) -> Option<Operator> {
        match c {
            '+' => Some(Operator::Add),
            '-' => Some(Operator::Subtract),
            '*' => Some(Operator::Multiply),
            '/' => Some(Operator::Divide),
            _ => None,
        }
    }
}

#[derive(Default)]
struct Stacks {
    values: Vec<Value>,
    operators: Vec<Operator>,
    open: usize,
}

/// Reads an expression to where it ends: behind the parenthesis that it begins with, else before what is
/// neither an operation nor an operand.
///
/// # Errors
/// For a text that is no expression, and what cannot be calculated exactly.
pub fn read(scan: &mut Scan<'_>, operand: &mut Operand<'_>) -> Result<Value, String> {
    let is_enclosed = scan.peek() == Some('(');
    let mut stacks = Stacks::default();
    loop {
        stacks.read_operand(scan, operand)?;
        if !stacks.read_operator(scan, is_enclosed)? {
            break;
        }
    }
    stacks.finish()
}

impl Stacks {
    /// Signs, opening parentheses, and a value.
    fn read_operand(&mut self, scan: &mut Scan<'_>, operand: &mut Operand<'_>) -> Result<(), String> {
        loop {
            scan.skip_blanks();
            if scan.eat("(") {
                self.operators.push(Operator::Open);
                self.open += 1;
            } else if scan.eat("-") {
                self.operators.push(Operator::Negate);
            } else if !scan.eat("+") {
                let value = operand(scan)?;
                self.values.push(value);
                return Ok(());
            }
        }
    }

    /// Closing parentheses and an operation; false at the end.
    fn read_operator(&mut self, scan: &mut Scan<'_>, is_enclosed: bool) -> Result<bool, String> {
        let mut ahead = *scan;
        ahead.skip_blanks();
        while self.open > 0 && ahead.eat(")") {
            self.close()?;
            *scan = ahead;
            if self.open == 0 && is_enclosed && self.operators.is_empty() && !continues(ahead) {
                return Ok(false);
            }
            ahead.skip_blanks();
        }
        let Some(operator) = ahead.peek().and_then(Operator::of) else { return Ok(false) };
        ahead.take(1);
        *scan = ahead;
        while self.operators.last().is_some_and(|last| last.rank() >= operator.rank()) {
            self.apply()?;
        }
        self.operators.push(operator);
        Ok(true)
    }

    fn close(&mut self) -> Result<(), String> {
        while self.operators.last().is_some_and(|last| *last != Operator::Open) {
            self.apply()?;
        }
        self.operators.pop();
        self.open -= 1;
        Ok(())
    }

    fn finish(mut self) -> Result<Value, String> {
        if self.open > 0 {
            return Err("a parenthesis is not closed".to_owned());
        }
        while !self.operators.is_empty() {
            self.apply()?;
        }
        self.values.pop().ok_or_else(|| "it is empty".to_owned())
    }

    fn apply(&mut self) -> Result<(), String> {
        let lack = || "a number is missing".to_owned();
        let operator = self.operators.pop().ok_or_else(lack)?;
        let b = self.values.pop().ok_or_else(lack)?;
        if operator == Operator::Negate {
            self.values.push(Value { number: -b.number, ..b });
            return Ok(());
        }
        let a = self.values.pop().ok_or_else(lack)?;
        self.values.push(combine(operator, a, b)?);
        Ok(())
    }
}

/// Whether an operation follows a closed parenthesis.
fn continues(mut scan: Scan<'_>) -> bool {
    scan.skip_blanks();
    scan.peek().and_then(Operator::of).is_some()
}

fn combine(operator: Operator, a: Value, b: Value) -> Result<Value, String> {
    let is_sum = matches!(operator, Operator::Add | Operator::Subtract);
    if is_sum && a.symbol != b.symbol {
        return Err("it adds amounts of two commodities".to_owned());
    }
    if !is_sum && b.symbol.is_some() && (a.symbol.is_some() || operator == Operator::Divide) {
        return Err("it multiplies or divides by an amount with a commodity".to_owned());
    }
    let number = match operator {
        Operator::Add => exact::add(a.number, b.number)?,
        Operator::Subtract => exact::add(a.number, -b.number)?,
        Operator::Multiply => exact::multiply(a.number, b.number)?,
        _ => exact::divide(a.number, b.number)?,
    };
    Ok(Value { number, symbol: a.symbol.or(b.symbol) })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn calculate(text: &str) -> Result<(String, &str), String> {
        let mut scan = Scan::new(text);
        let value = read(&mut scan, &mut |scan| {
            let digits = scan.take_while(|c| c.is_ascii_digit() || c == '.');
            let number = digits.parse().map_err(|_| "no number".to_owned())?;
            Ok(Value { number, symbol: scan.eat("$").then(|| "$".to_owned()) })
        })?;
        Ok((value.number.normalize().to_string() + value.symbol.as_deref().unwrap_or(""), scan.rest()))
    }

    #[test]
    fn expressions_are_calculated() {
        let cases = [
            ("5 EUR", "5", " EUR"),
            ("-5", "-5", ""),
            ("- 5 + 7", "2", ""),
            ("1 + 2 * 3", "7", ""),
            ("(1 + 2) * 3 EUR", "9", " EUR"),
            ("(10 * 2$) rest", "20$", " rest"),
            ("10 - 3 - 2", "5", ""),
            ("-(1 + 2)", "-3", ""),
            ("7 / 2 @ 3", "3.5", " @ 3"),
            ("2 * -3", "-6", ""),
        ];
        for (text, value, rest) in cases {
            assert_eq!(calculate(text), Ok((value.to_owned(), rest)), "{text}");
        }
    }

    #[test]
    fn what_is_no_expression_is_refused() {
        for text in ["", "(", "(1", "1 +", "()", "1 / 0", "1$ + 2", "1$ * 2$", "2 / 1$"] {
            assert!(calculate(text).is_err(), "{text}");
        }
        let deep = format!("{}1{}", "(".repeat(100_000), ")".repeat(100_000));
        assert_eq!(calculate(&deep), Ok(("1".to_owned(), "")));
    }
}

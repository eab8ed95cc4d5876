//! Journals of our own with most of what one can have; the real programs accept each.

/// For hledger.
pub const HLEDGER: &str = "\
; a household
decimal-mark .
commodity 1,000.00 EUR
account assets:bank
account Giro  ; the bank around the corner, type:A
account Ausgaben  ; type:X
D 1,000.00 EUR
alias cash = assets:cash

~ monthly
    expenses:rent  500
    assets:bank

= expenses:food
    (budget:food)  *-1

P 2026-01-01 USD 0.90 EUR
Y2026

1/1 opening balances
    assets:bank  1,000.00 = 1,000.00 EUR
    cash  50
    liabilities:card  -20.50 EUR
    Giro  10
    equity:opening balances

2026-01-02=2026-01-03 * (12) Shop | weekly  ; trip:rome, with Bob
    ; second line, kind:
    expenses:food:groceries  30.00 EUR  ; bread, date:2026-01-04
    expenses:home  12.50 EUR
    assets:bank  ; date:1/5

2026/1/5 ! Employer
    assets:bank  2,000.00
    liabilities:card  100
    income:salary  -2,500.00
    expenses:taxes  400.00

2026.1.6 exchange
    assets:bank  -90 EUR
    assets:usd  100 USD

2026-01-07 foreign shop
    expenses:travel  10 USD @ 0.91 EUR
    expenses:food:out  20 USD @@ 18.00 EUR
    cash

2026-01-08 shares
    assets:depot  10 \"ACME 1\" @ 12.34 EUR
    expenses:fees  1.60 EUR
    assets:bank

2026-01-09 counted
    cash  = 20.00 EUR
    expenses:unknown

2026-01-10 envelopes
    (assets:bank:envelope)  5 EUR
    [assets:bank]  -5 EUR
    [assets:bank:other]  5 EUR
    assets:bank  -1 EUR
    Ausgaben:Essen  1 EUR

apply account family
2026-01-11 under another
    assets:pot  3 EUR
    income:gift
end apply account

comment
2026-01-12 not one
    assets:bank  1
    expenses:x
end comment

2026-01-13 two currencies
    assets:bank  5 EUR
    assets:bank  7 USD
    equity:other
";

/// For ledger.
pub const LEDGER: &str = "\
; -*- ledger -*-
N $
D $1,000.00
account Assets:Bank
    note the bank
    alias bank
commodity EUR
    format 1.000,00 EUR
bucket Assets:Cash
tag Kind

~ Monthly
    Expenses:Rent  $500
    Assets:Bank

= /^Expenses:Books/
    (Liabilities:Taxes)  -0.10

P 2026/01/01 EUR $1.10
year 2026

01/01 * Opening
    bank  $1,000.00
    Assets:Cash  $50
    Equity:Opening Balances

2026/01/02=2026/01/03 (100) Shop; no comment  ; a comment
    ; :weekly:food:
    ; Kind: bread and butter
    Expenses:Food  $ 30.00  ; [2026/01/04]
    Expenses:Home  (2 * $6.25)
    bank

2026/01/03 Books
    Expenses:Books  $20.00

apply tag trip: rome
apply account Family
2026/01/04 Pot
    Assets:Pot  1.000,50 EUR
    Income:Gift
end apply account
end apply tag

2026/01/05 Shares
    Assets:Depot  10 ACME @ $12.34
    Expenses:Fees  $1.60
    bank

2026/01/06 Sale
    Assets:Depot  -5 ACME {$12.34} [2026/01/05] @ $13.00
    bank  $65.00
    Income:Gains

2026/01/07 Exchange
    Assets:Bank:Euro  90 EUR
    bank  $-100.00

2026/01/08 Abroad
    Expenses:Travel  10,00 EUR @ $1.11
    Expenses:Food  20,00 EUR @@ $22.00
    Liabilities:Card

2026/01/09 Virtual
    (Assets:Envelope)  $5
    Assets:Cash  $-1.00
    Expenses:Candy

comment
2026/01/12 not one
    Assets:Cash  $1
end comment
";

/// For ledger, where balances are assigned.
pub const ASSIGNED: &str = "\
2026/01/05 Later
    Assets:Cash  $5.00
    Income:Gift

2026/01/01 Counted
    Assets:Cash  = $20.00
    Expenses:Adjustment

2026/01/02 Asserted
    Assets:Cash  $-1.00 = $19.00
    Expenses:Candy
";

/// For beancount.
pub const BEANCOUNT: &str = "\
option \"title\" \"a household\"
option \"operating_currency\" \"EUR\"
option \"name_expenses\" \"Ausgaben\"
plugin \"beancount.plugins.auto_accounts\"
pushtag #all

* Accounts
2025-12-01 open Assets:Bank EUR
2025-12-01 commodity EUR
  name: \"Euro\"
2025-12-31 pad Assets:Bank Equity:Opening-Balances
2026-01-01 balance Assets:Bank  1,000.00 EUR
2026-01-01 price USD 0.90 EUR
2026-01-01 event \"location\" \"here\"

2026-01-02 * \"Shop\" \"weekly
shopping\" #trip ^bill-1 ; a comment
  bill: \"12\"
  Ausgaben:Food  30.00 EUR
    kind: \"bread\"
  Ausgaben:Home  25.00 / 2 EUR
  ! Assets:Bank

2026-01-03 txn \"only a \\\"narration\\\"\"
  #more
  Assets:Bank  2000.00 EUR
  Liabilities:Card  (50 + 50.00) EUR
  Income:Salary  -2500.00 EUR
  Ausgaben:Taxes

2026-01-04 * \"exchange\"
  Assets:Bank  -90.00 EUR
  Assets:Usd  100.00 USD @@ 90.00 EUR

2026-01-05 * \"two currencies\"
  Assets:Usd  -10.00 USD
  Assets:Bank  -5.00 EUR
  Ausgaben:Food

2026-01-06 * \"shares\"
  Assets:Depot  10 ACME {12.34 USD}
  Assets:Depot  1.5 ACME {{18.00 USD, 2026-01-06}}
  Ausgaben:Fees  1.60 USD
  Assets:Usd

2026-01-07 * \"sale\"
  Assets:Depot  -1.5 ACME {2026-01-06, 12.00 USD} @ 13.00 USD
  Assets:Usd  19.50 USD
  Income:Gains

2026-01-08 * \"sale of some lot\"
  Assets:Depot  -10 ACME {} @ 13.00 USD
  Assets:Usd  130.00 USD
  Income:Gains

2026-01-09 * \"rounded\"
  Assets:Usd  -3.00 USD @ 0.9111 EUR
  Ausgaben:Food  2.734 EUR
  Ausgaben:Home

2026-01-10 * \"price follows\"
  Assets:Usd  10.00 USD @ EUR
  Assets:Bank  -9.00 EUR

2026-01-11 pad Assets:Bank Ausgaben:Unknown
2026-01-12 balance Assets:Bank  2500.00 ~ 0.01 EUR
2026-01-13 note Assets:Bank \"counted\"
2026-01-14 close Assets:Depot
poptag #all
";

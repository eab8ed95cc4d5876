//! `category` and `category group`: making, changing, merging, hiding, deleting; names that fit several.

use crate::support::on_both_databases;
use crate::typed::{Typed, brief, briefs, column, keys, says};

on_both_databases! {
    fn a_category_is_an_expense_in_general_unless_said(s: &Sandbox) {
        let object = s.json("category add Books");
        assert_eq!(keys(&object), "id name slug group kind hidden operation");
        assert_eq!(
            brief(&object, "name slug group kind hidden"),
            "Books general/books General expense false"
        );
        let object = s.json("category add Bonus --group Work --kind income");
        assert_eq!(brief(&object, "slug group kind"), "work/bonus Work income");
        assert_eq!(s.json("category add work/Tips")["slug"], "work/tips");
        assert_eq!(s.json("category add 'Pets: Vet bills'")["slug"], "pets/vet-bills");
        let list = s.json("category list");
        assert_eq!(keys(&list), "categories");
        assert_eq!(keys(&list["categories"][0]), "id name slug group kind hidden");
        assert_eq!(
            column(&list["categories"], "slug"),
            [
                "income/income",
                "income/starting-balances",
                "general/books",
                "work/bonus",
                "work/tips",
                "pets/vet-bills"
            ]
        );
    }

    fn a_category_that_cannot_be_is_refused(s: &Sandbox) {
        s.ok("category add Books");
        says(&s.refuses(1, "category add BOOKS"), &["already", "General"]);
        s.ok("category add Books --group Work");
        s.refuses(2, "category add X --kind spending");
        s.refuses(2, "category add Pets/Dog --group Work");
        for name in ["''", "none", "available", "a/b/c", "/x", "x/", "all/x"] {
            s.refuses(2, &format!("category add {name}"));
        }
    }

    fn a_bare_name_that_fits_several_is_answered_with_their_slugs(s: &Sandbox) {
        s.ok("category add Family/Gifts");
        s.ok("category add Work/Gifts");
        says(&s.refuses(3, "add 5 x -c gifts"), &["family/gifts", "work/gifts"]);
        says(&s.fails(3, "list -c gifts"), &["family/gifts", "work/gifts"]);
        let run = s.groat(["category", "delete", "gifts", "--json"]).fails(3);
        assert_eq!(run.json_error()["code"], "ambiguous");
        assert_eq!(s.json("add 5 x -c work/gifts")["category_slug"], "work/gifts");
    }

    fn a_category_is_edited(s: &Sandbox) {
        s.ok("add 5 x -c books");
        let object = s.json("category edit books --name Reading --group 'Free time'");
        assert_eq!(brief(&object, "name slug group"), "Reading free-time/reading Free time");
        assert_eq!(s.json("show 1")["category_slug"], "free-time/reading");
        assert_eq!(s.json("category edit reading --kind income")["kind"], "income");
        assert_eq!(s.json("show 1")["kind"], "income");
        s.ok("category add Games --group 'free time'");
        s.refuses(1, "category edit games --name READING");
        s.refuses(2, "category edit games");
        s.refuses(3, "category edit nope --name X");
        // What came with the book stays income.
        s.refuses(1, "category edit income/income --kind expense");
        s.ok("db verify");
    }

    fn a_hidden_category_keeps_what_it_has(s: &Sandbox) {
        s.ok("add 5 x -c books");
        assert_eq!(s.json("category hide books")["hidden"], true);
        assert_eq!(s.json("show 1")["category"], "Books");
        assert_eq!(s.json("report")["rows"][0]["category"], "Books");
        assert_eq!(s.json("category edit books --unhide")["hidden"], false);
    }

    fn a_merge_moves_everything_and_leaves_one(s: &Sandbox) {
        s.ok("add 5 x -c books");
        s.ok("add 10 y --split books=4 --split food=6");
        let done = s.json("category merge books food");
        assert_eq!(keys(&done), "operation summary transactions");
        assert_eq!(done["transactions"], serde_json::json!([1, 2]));
        assert_eq!(s.json("show 1")["category"], "Food");
        assert_eq!(briefs(&s.json("report")["rows"], "category amount count"), ["Food 15.00 3"]);
        s.ok("db verify");
        s.refuses(3, "category merge books food");
        s.refuses(2, "category merge food food");
        s.ok("category add Wages --kind income");
        s.refuses(1, "category merge food wages");
        s.refuses(1, "category merge income/income wages");
    }

    fn only_an_unused_category_is_deleted(s: &Sandbox) {
        s.ok("add 5 x -c books");
        s.ok("category add Typo");
        says(&s.refuses(1, "category delete books"), &["Books", "in use", "merge"]);
        assert_eq!(keys(&s.json("category delete typo")), "operation summary transactions");
        s.refuses(3, "category delete typo");
        s.refuses(1, "category delete income/income");
        s.refuses(1, "category delete starting-balances");
    }

    fn groups_are_made_renamed_and_deleted(s: &Sandbox) {
        let group = s.json("category group add 'Free time'");
        assert_eq!(brief(&group, "name slug"), "Free time free-time");
        s.refuses(1, "category group add FREE-TIME");
        s.ok("category add Books --group free_time");
        assert_eq!(brief(&s.json("category group edit free --name Fun"), "name slug"), "Fun fun");
        assert_eq!(
            column(&s.json("category list")["categories"], "slug").pop().as_deref(),
            Some("fun/books")
        );
        let list = s.json("category group list");
        assert_eq!(briefs(&list["groups"], "name slug"), ["Income income", "Fun fun"]);
        says(&s.refuses(1, "category group delete fun"), &["Fun", "1 categor"]);
        s.ok("category delete books");
        s.ok("category group delete fun");
        s.refuses(3, "category group delete fun");
        s.refuses(2, "category group add none");
    }

    fn the_list_is_grouped(s: &Sandbox) {
        s.ok("category add Groceries --group Food");
        s.ok("category add 'Eating out' --group Food");
        s.ok("category hide groceries");
        insta::assert_snapshot!(s.ok("category list").stdout, @r"
        Category             Slug                      Kind
        Income
          Income             income/income             income
          Starting balances  income/starting-balances  income
        Food
          Groceries          food/groceries            expense  hidden
          Eating out         food/eating-out           expense
        ");
    }
}

//! The tables as Diesel sees them, one description for both databases: `diesel.toml` prints it from the
//! PostgreSQL migrations, and a test loads every table through the models on both.
#![allow(missing_docs, reason = "generated")]

diesel::table! {
    account_numbers (id) {
        id -> Int8,
        account_id -> Int8,
        number -> Text,
        number_key -> Text,
        operation_id -> Int8,
    }
}

diesel::table! {
    account_totals (account_id, month) {
        account_id -> Int8,
        month -> Int4,
        amount -> Int8,
        cleared -> Int8,
        postings -> Int8,
    }
}

diesel::table! {
    accounts (id) {
        id -> Int8,
        name -> Text,
        name_key -> Text,
        kind -> Text,
        currency -> Text,
        is_on_budget -> Bool,
        is_closed -> Bool,
        created_at -> Timestamp,
        operation_id -> Int8,
    }
}

diesel::table! {
    batch_lines (batch_id, line, statement_line_id) {
        batch_id -> Int8,
        line -> Int8,
        statement_line_id -> Int8,
        decision -> Text,
        reason -> Text,
    }
}

diesel::table! {
    book (id) {
        id -> Int8,
        marker -> Text,
        currency -> Text,
        created_at -> Timestamp,
        operation_id -> Nullable<Int8>,
    }
}

diesel::table! {
    budget_holds (id) {
        id -> Int8,
        month -> Int4,
        amount -> Int8,
        operation_id -> Int8,
    }
}

diesel::table! {
    budget_moves (id) {
        id -> Int8,
        month -> Int4,
        from_category_id -> Nullable<Int8>,
        to_category_id -> Nullable<Int8>,
        amount -> Int8,
        operation_id -> Int8,
    }
}

diesel::table! {
    budget_targets (id) {
        id -> Int8,
        category_id -> Int8,
        position -> Int8,
        line -> Text,
        income_category_id -> Nullable<Int8>,
        operation_id -> Int8,
    }
}

diesel::table! {
    carryovers (id) {
        id -> Int8,
        category_id -> Int8,
        month -> Int4,
        is_on -> Bool,
        operation_id -> Int8,
    }
}

diesel::table! {
    categories (id) {
        id -> Int8,
        group_id -> Int8,
        name -> Text,
        name_key -> Text,
        kind -> Text,
        role -> Nullable<Text>,
        is_hidden -> Bool,
        position -> Int8,
        created_at -> Timestamp,
        operation_id -> Nullable<Int8>,
    }
}

diesel::table! {
    category_groups (id) {
        id -> Int8,
        name -> Text,
        name_key -> Text,
        position -> Int8,
        created_at -> Timestamp,
        operation_id -> Nullable<Int8>,
    }
}

diesel::table! {
    category_totals (month, bucket, is_on_budget) {
        month -> Int4,
        bucket -> Int8,
        is_on_budget -> Bool,
        value -> Int8,
        postings -> Int8,
    }
}

diesel::table! {
    changes (operation_id, table_name, row_id) {
        operation_id -> Int8,
        table_name -> Text,
        row_id -> Int8,
        prior_operation_id -> Nullable<Int8>,
        row_before -> Nullable<Text>,
        why -> Nullable<Text>,
    }
}

diesel::table! {
    currencies (code) {
        code -> Text,
        exponent -> Int4,
        symbol -> Text,
    }
}

diesel::table! {
    import_batches (id) {
        id -> Int8,
        account_id -> Int8,
        format -> Text,
        source -> Text,
        file_name -> Text,
        created_at -> Timestamp,
        operation_id -> Int8,
    }
}

diesel::table! {
    import_sources (id) {
        id -> Int8,
        account_id -> Int8,
        source -> Text,
        ids_unreliable -> Bool,
        date_order -> Nullable<Text>,
        decimal_mark -> Nullable<Text>,
        operation_id -> Int8,
        signs -> Nullable<Text>,
    }
}

diesel::table! {
    operations (id) {
        id -> Int8,
        token -> Text,
        at -> Timestamp,
        actor -> Text,
        source -> Text,
        command -> Text,
        summary -> Text,
        schema_version -> Text,
        undoes_id -> Nullable<Int8>,
        is_undone -> Bool,
    }
}

diesel::table! {
    payee_aliases (name_key) {
        name_key -> Text,
        name -> Text,
        payee_id -> Int8,
    }
}

diesel::table! {
    payees (id) {
        id -> Int8,
        name -> Text,
        name_key -> Text,
        created_at -> Timestamp,
        operation_id -> Int8,
    }
}

diesel::table! {
    postings (id) {
        id -> Int8,
        transaction_id -> Int8,
        position -> Int4,
        account_id -> Int8,
        category_id -> Nullable<Int8>,
        date -> Date,
        amount -> Int8,
        value -> Nullable<Int8>,
        memo -> Nullable<Text>,
        status -> Text,
        is_transfer -> Bool,
    }
}

diesel::table! {
    statement_balances (id) {
        id -> Int8,
        account_id -> Int8,
        date -> Date,
        amount -> Int8,
        origin -> Text,
        batch_id -> Nullable<Int8>,
        operation_id -> Int8,
    }
}

diesel::table! {
    rule_parts (id) {
        id -> Int8,
        rule_id -> Int8,
        position -> Int8,
        category_id -> Nullable<Int8>,
        share -> Nullable<Text>,
    }
}

diesel::table! {
    rules (id) {
        id -> Int8,
        position -> Int8,
        query -> Text,
        payee -> Nullable<Text>,
        note -> Nullable<Text>,
        tags -> Text,
        operation_id -> Int8,
    }
}

diesel::table! {
    statement_lines (id) {
        id -> Int8,
        account_id -> Int8,
        source -> Text,
        bank_id -> Nullable<Text>,
        row_key -> Text,
        key_version -> Int4,
        date -> Nullable<Date>,
        amount -> Nullable<Int8>,
        payee -> Nullable<Text>,
        memo -> Nullable<Text>,
        raw -> Text,
        decision -> Text,
        reason -> Text,
        transaction_id -> Nullable<Int8>,
        operation_id -> Int8,
        other_account -> Nullable<Text>,
        booking -> Nullable<Text>,
    }
}

diesel::table! {
    tags (id) {
        id -> Int8,
        name -> Text,
        name_key -> Text,
        created_at -> Timestamp,
        operation_id -> Int8,
    }
}

diesel::table! {
    transaction_tags (transaction_id, tag_id) {
        transaction_id -> Int8,
        tag_id -> Int8,
    }
}

diesel::table! {
    transactions (id) {
        id -> Int8,
        date -> Date,
        payee_id -> Nullable<Int8>,
        note -> Nullable<Text>,
        created_at -> Timestamp,
        operation_id -> Int8,
    }
}

diesel::joinable!(categories -> category_groups (group_id));
diesel::joinable!(payee_aliases -> payees (payee_id));
diesel::joinable!(postings -> accounts (account_id));
diesel::joinable!(postings -> categories (category_id));
diesel::joinable!(postings -> transactions (transaction_id));
diesel::joinable!(rule_parts -> categories (category_id));
diesel::joinable!(rule_parts -> rules (rule_id));
diesel::joinable!(transaction_tags -> tags (tag_id));
diesel::joinable!(transaction_tags -> transactions (transaction_id));
diesel::joinable!(transactions -> payees (payee_id));
diesel::joinable!(statement_lines -> transactions (transaction_id));
diesel::joinable!(batch_lines -> import_batches (batch_id));
diesel::joinable!(batch_lines -> statement_lines (statement_line_id));
diesel::joinable!(import_batches -> accounts (account_id));
diesel::joinable!(account_numbers -> accounts (account_id));
diesel::joinable!(account_totals -> accounts (account_id));
diesel::joinable!(statement_balances -> accounts (account_id));
diesel::joinable!(statement_balances -> import_batches (batch_id));
diesel::allow_tables_to_appear_in_same_query!(
    account_numbers,
    account_totals,
    accounts,
    batch_lines,
    book,
    budget_holds,
    budget_moves,
    budget_targets,
    carryovers,
    categories,
    category_groups,
    category_totals,
    changes,
    currencies,
    import_batches,
    import_sources,
    operations,
    payee_aliases,
    payees,
    postings,
    rule_parts,
    rules,
    statement_balances,
    statement_lines,
    tags,
    transaction_tags,
    transactions,
);

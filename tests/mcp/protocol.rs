//! The protocol itself: what a client is told of the tools and what that costs it, and that stdout carries nothing else.

use serde_json::{Value, json};

use crate::household;
use crate::support::{Agent, Sandbox};
use crate::typed::{Typed, says};

const TOOLS: [&str; 6] = [
    "query_expenses_by_category",
    "summarize_spending",
    "overview",
    "list_transactions",
    "run_report",
    "list_names",
];

fn listed(s: &Sandbox) -> Value {
    Agent::start(s).request("tools/list", json!({}))["result"].clone()
}

#[test]
fn the_list_of_tools_costs_less_than_two_thousand_tokens() {
    let list = listed(&Sandbox::sqlite());
    let bytes = list.to_string().len();
    assert!(bytes / 4 < 2_000, "{bytes} bytes are about {} tokens:\n{list:#}", bytes / 4);
}

#[test]
fn every_tool_says_that_it_reads_alone_and_what_it_takes() {
    let list = listed(&Sandbox::sqlite());
    let tools = list["tools"].as_array().unwrap();
    let names: Vec<&str> = tools.iter().map(|tool| tool["name"].as_str().unwrap()).collect();
    assert_eq!(names, TOOLS);
    for tool in tools {
        assert_eq!(tool["annotations"], json!({"readOnlyHint": true, "openWorldHint": false}));
        assert!(tool["title"].is_string() && tool["description"].is_string(), "{tool}");
        let input = &tool["inputSchema"];
        assert_eq!((&input["type"], &input["additionalProperties"]), (&json!("object"), &json!(false)));
        for (name, property) in input["properties"].as_object().into_iter().flatten() {
            assert!(property["description"].is_string(), "{}: {name}", tool["name"]);
            if name == "from" || name == "to" {
                let about = property["description"].as_str().unwrap();
                assert!(about.contains("YYYY-MM-DD") && about.contains("included"), "{about}");
            }
        }
        assert_eq!(tool["outputSchema"]["type"], "object");
    }
}

#[test]
fn every_report_of_the_command_line_is_offered() {
    let command = groat::cli::command();
    let report = command.find_subcommand("report").unwrap();
    let known: Vec<&str> = report.get_subcommands().map(clap::Command::get_name).collect();
    let list = listed(&Sandbox::sqlite());
    let offered = &list["tools"][4]["inputSchema"]["properties"]["name"]["enum"];
    assert_eq!(json!(known), *offered);
}

#[test]
fn the_server_says_what_its_answers_mean_and_whom_not_to_obey() {
    let s = Sandbox::sqlite();
    let mut agent = Agent::spawn(s.command(["mcp"]));
    let hello = agent.hello();
    let told = hello["result"]["instructions"].as_str().unwrap();
    for part in ["read-only", "decimal", "YYYY-MM-DD", "next_cursor", "never instructions"] {
        assert!(told.contains(part), "{part}: {told}");
    }
    assert_eq!(hello["result"]["serverInfo"]["version"], env!("CARGO_PKG_VERSION"));
    assert_eq!(hello["result"]["capabilities"], json!({"tools": {}}));
}

#[test]
fn stdout_carries_the_protocol_alone_however_talkative_stderr_is() {
    let mut s = Sandbox::sqlite();
    household(&s);
    s.set("GROAT_LOG", "debug");
    let mut agent = Agent::start_as(s.command(["mcp", "-vv"]));
    // Every line of these is held to be a message of the protocol.
    for tool in TOOLS {
        agent.call(tool, json!({}));
    }
    assert_eq!(agent.request("resources/list", json!({}))["result"]["resources"], json!([]));
    let ended = agent.finish();
    assert_eq!((ended.code, ended.unread), (Some(0), Vec::new()));
    assert!(ended.stderr.contains("SELECT"), "the statements are told: {}", ended.stderr);
}

#[test]
fn what_is_no_call_is_refused_and_the_server_goes_on() {
    let s = Sandbox::sqlite();
    let mut agent = Agent::start(&s);
    let unknown = agent.request("tools/call", json!({"name": "delete_everything", "arguments": {}}));
    assert_eq!(unknown["error"]["code"], -32602, "{unknown}");
    let unknown = agent.request("tools/remove", json!({}));
    assert_eq!(unknown["error"]["code"], -32601, "{unknown}");
    agent.say("this is no JSON");
    agent.say("");
    let malformed = agent.request("tools/call", json!({"name": "overview", "arguments": "all"}));
    assert!(malformed.get("error").is_some(), "{malformed}");
    assert_eq!(agent.tell("list_transactions", json!({}))["total"], 0);
}

#[test]
fn a_client_that_says_something_else_first_is_told_on_stderr() {
    let s = Sandbox::sqlite();
    let mut agent = Agent::spawn(s.command(["mcp"]));
    agent.say(&json!({"jsonrpc": "2.0", "method": "notifications/initialized"}).to_string());
    let ended = agent.wait();
    assert_eq!((ended.code, ended.unread), (Some(2), Vec::new()));
    assert!(
        ended.stderr.starts_with("error: the client does not begin with `initialize`"),
        "{}",
        ended.stderr
    );
}

#[test]
fn flags_of_every_command_say_which_book_it_is() {
    let s = Sandbox::sqlite();
    s.ok("--book holiday add 8 gelato");
    for args in [&["--book", "holiday", "mcp"][..], &["mcp", "--db", "../data/groat/holiday.db"]] {
        let mut agent = Agent::start_as(s.command(args));
        assert_eq!(agent.tell("list_transactions", json!({}))["transactions"][0]["payee"], "gelato");
    }
    assert!(s.has_no_book());
}

#[test]
fn what_it_does_not_take_is_refused_at_the_start() {
    let s = Sandbox::sqlite();
    says(&s.fails(2, "mcp --allow-writes"), &["--allow-writes"]);
    s.fails(2, "mcp overview");
    says(&s.fails(2, "--db mysql://h/d mcp"), &["mysql"]);
    says(&s.fails(2, "--today soon mcp"), &["soon"]);
}

//! The scripting interface: `ask --json`, one query or a stream of them.

use std::io::{BufRead, BufReader, Read, Write};
use std::process::Stdio;

use serde_json::{Value, json};

use super::{raci_bot, run, run_with_input};

fn stream(input: &[u8]) -> Vec<Value> {
    let run = run_with_input(&mut raci_bot(["ask", "--json", "-"]), input);
    assert_eq!((run.status, run.err.as_str()), (Some(0), ""));
    run.out.lines().map(|line| serde_json::from_str(line).expect("each line is JSON")).collect()
}

#[test]
fn an_answer_has_exactly_these_fields() {
    let run = run(&mut raci_bot(["ask", "--json", "manage", "backups"]));
    let answer: Value = serde_json::from_str(&run.out).expect("it is JSON");
    let keys = |value: &Value| -> Vec<String> {
        value.as_object().expect("an object").keys().cloned().collect()
    };
    assert_eq!(keys(&answer), ["confident", "outcome", "query", "results", "service"]);
    assert_eq!(answer["query"], "manage backups");
    assert_eq!(answer["service"], "OVHcloud KMS");
    assert_eq!((&answer["outcome"], &answer["confident"]), (&json!("answer"), &json!(true)));
    let best = &answer["results"][0];
    assert_eq!(keys(best), ["assignments", "id", "name", "score", "section", "service"]);
    assert_eq!(best["service"], "OVHcloud KMS");
    assert_eq!(best["section"], "3.1.1 Daily operations");
    assert_eq!(best["name"], "Manage backups");
    assert_eq!(best["assignments"], json!({ "Customer": "", "OVHcloud": "RA" }));
    assert!(best["score"].as_f64().is_some_and(|score| (0.0..=1.0).contains(&score)));
    assert!(answer["results"].as_array().is_some_and(|results| results.len() <= 10));
    assert_eq!(run.status, Some(0));
}

#[test]
fn an_id_is_answered_by_its_activity() {
    let first = &stream(b"manage backups\n")[0];
    let id = first["results"][0]["id"].as_str().expect("an id").to_owned();
    let again = &stream(id.as_bytes())[0];
    assert_eq!(again["results"][0]["id"], id);
}

#[test]
fn every_line_is_answered_in_order_blank_ones_too() {
    let answers = stream(b"backups\n\nkms\tabckups\nzzzzzz\tbackups\n \tincidents\r\ntape robot");
    let queries: Vec<&str> = answers.iter().filter_map(|answer| answer["query"].as_str()).collect();
    assert_eq!(queries, ["backups", "", "abckups", "backups", "incidents", "tape robot"]);
    let outcome = |line: usize| answers[line]["outcome"].as_str().expect("an outcome");
    assert_eq!(
        [outcome(0), outcome(1), outcome(2), outcome(3)],
        ["answer", "nothing", "answer", "nothing"]
    );
    assert_eq!(answers[2]["service"], "OVHcloud KMS");
    assert_eq!(answers[3]["service"], Value::Null);
    for line in [1, 3] {
        assert_eq!(
            (&answers[line]["confident"], &answers[line]["results"]),
            (&json!(false), &json!([]))
        );
    }
    assert_eq!(answers[5]["confident"], false);
}

#[test]
fn a_partner_gets_each_answer_before_the_next_query() {
    let mut child =
        raci_bot(["ask", "--json", "-"]).stdin(Stdio::piped()).spawn().expect("the binary runs");
    let mut queries = child.stdin.take().expect("a pipe");
    let mut answers = BufReader::new(child.stdout.take().expect("a pipe"));
    for query in ["backups", "", "incidents"] {
        writeln!(queries, "{query}").expect("it reads");
        let mut line = String::new();
        answers.read_line(&mut line).expect("it answers");
        let answer: Value = serde_json::from_str(&line).expect("it is JSON");
        assert_eq!(answer["query"], query);
    }
    drop(queries);
    let mut rest = String::new();
    answers.read_to_string(&mut rest).expect("it ends");
    assert_eq!(rest, "");
    assert!(child.wait().expect("it ends").success());
}

#[test]
fn any_bytes_are_a_query() {
    let mut input = b"back\xffups\nnul\0and\x1b[31m\n".to_vec();
    input.extend(b"endless ".repeat(1_000_000));
    input.extend(b"\nbackups\n");
    let answers = stream(&input);
    assert_eq!(answers.len(), 4);
    assert_eq!(answers[0]["query"], "back\u{fffd}ups");
    assert_eq!(answers[1]["query"], "nul\0and\u{1b}[31m");
    assert!(answers[2]["query"].as_str().is_some_and(|query| query.len() <= 16 * 1024));
    assert_eq!(answers[3]["outcome"], "answer");
}

#[test]
fn nothing_is_localised() {
    let english = run(&mut raci_bot(["ask", "--json", "backups"])).out;
    let french = run(raci_bot(["ask", "--json", "backups"]).env("LANG", "fr_FR.UTF-8")).out;
    assert_eq!(english, french);
}

#[test]
fn the_status_of_one_query_says_how_sure_it_is() {
    for (words, status) in [("backups", 0), ("tape robot", 1), ("", 1)] {
        let run = run(&mut raci_bot(["ask", "--json", words]));
        assert_eq!(run.status, Some(status), "{words}: {}", run.out);
    }
}

#[test]
fn a_reader_that_goes_away_ends_the_stream_quietly() {
    let mut child =
        raci_bot(["ask", "--json", "-"]).stdin(Stdio::piped()).spawn().expect("the binary runs");
    drop(child.stdout.take());
    let mut queries = child.stdin.take().expect("a pipe");
    while queries.write_all(b"backups\n").is_ok() {}
    let mut said = String::new();
    child.stderr.take().expect("a pipe").read_to_string(&mut said).expect("text");
    assert_eq!((child.wait().expect("it ends").code(), said.as_str()), (Some(0), ""));
}

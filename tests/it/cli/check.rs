//! `raci-bot check`: rules with their places, severities, allowances, and formats for programs.

use std::path::Path;

use serde_json::Value;

use super::{Run, data, raci_bot, run, write};

/// A matrix that breaks rules in three places, one of them on purpose.
const WEB: &str = "\
service: Web shop
allow: { stale-source: The shop has not changed since }
source: { date: 2001-01-01 }
parties: [Operations, Developers, Nobody]
activities:
  - name: Renew certificates
    assignments: { Operations: RA, Developers: A }
  - name: Restart the shop
    allow: { no-accountable: Whoever is there }
    assignments: { Operations: R, Developers: I }
";

fn check(text: &str, arguments: &[&str]) -> Run {
    let directory = data("web.yaml", text);
    let run = run(raci_bot(["check", "."]).args(arguments).current_dir(directory.path()));
    assert_eq!(run.err, "");
    run
}

#[test]
fn everything_is_told_at_once_with_line_and_caret() {
    let found = check(WEB, &[]);
    assert_eq!(found.status, Some(0));
    assert_eq!(
        found.out,
        "\
warning[idle-party]: `Nobody` has no role in any activity
 --> ./web.yaml:4:35
  |
4 | parties: [Operations, Developers, Nobody]
  |                                   ^^^^^^
  |
  = hint: remove the column, or fill in what is missing

warning[two-accountable]: 2 parties are accountable for `Renew certificates`: Operations, Developers
 --> ./web.yaml:7:18
  |
7 |     assignments: { Operations: RA, Developers: A }
  |                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^

2 warnings in 1 matrix
"
    );
}

#[test]
fn warnings_are_let_pass_unless_denied_or_made_errors() {
    assert_eq!(check(WEB, &["--deny", "warnings"]).status, Some(65));
    assert_eq!(check(WEB, &["--rule", "idle-party=error"]).status, Some(65));
    let off = ["--rule", "idle-party=off", "--rule", "two-accountable=note", "--deny", "warnings"];
    let found = check(WEB, &off);
    assert_eq!(found.status, Some(0));
    assert!(found.out.ends_with("\n1 note in 1 matrix\n"), "{}", found.out);
}

#[test]
fn the_configuration_judges_and_the_command_line_wins() {
    let configuration =
        data("raci-bot.yaml", "checks: { idle-party: off, two-accountable: error }\n");
    let file = configuration.path().join("raci-bot.yaml");
    let with = ["--config", file.to_str().expect("UTF-8")];
    let found = check(WEB, &with);
    assert_eq!(found.status, Some(65));
    assert!(found.out.ends_with("\n1 error in 1 matrix\n"), "{}", found.out);
    let found = check(WEB, &[&with[..], &["--rule", "two-accountable=off"]].concat());
    assert_eq!((found.status, found.out.as_str()), (Some(0), "nothing found in 1 matrix\n"));
    let text = "checks: { stale-source: off, max_age: 1 }\n";
    write(&file, text);
    let found = check(WEB, &with);
    assert!(!found.out.contains("needless-allowance"), "nobody looked: {}", found.out);
}

#[test]
fn an_allowance_that_nothing_needs_is_told_where_it_stands() {
    let text = WEB.replace("no-accountable: Whoever", "mixed-cell: Whoever");
    let found = check(&text, &["--format", "json"]);
    let rows: Value = serde_json::from_str(&found.out).expect("JSON");
    let told = |rule: &str| -> Vec<(u64, u64)> {
        let number = |row: &Value, key: &str| row[key].as_u64().expect("a number");
        let rows = rows.as_array().expect("an array").iter().filter(|row| row["rule"] == rule);
        rows.map(|row| (number(row, "line"), number(row, "column"))).collect()
    };
    assert_eq!(told("needless-allowance"), [(9, 14)]);
    assert_eq!(told("no-accountable"), [(10, 18)]);
}

#[test]
fn rules_are_allowed_by_name_alone_and_that_is_told() {
    for allow in ["[stale-source]", "stale-source", "\n  - stale-source"] {
        let text = WEB.replace("{ stale-source: The shop has not changed since }", allow);
        let found = check(&text, &["--format", "github"]);
        assert_eq!(found.status, Some(0));
        assert!(!found.out.contains("title=stale-source"), "{allow}: {}", found.out);
        let told = "title=unexplained-allowance::`stale-source` may be broken here, and nothing says \
                    why (hint: write `{ stale-source: the reason }`)\n";
        assert!(found.out.contains(told), "{allow}: {}", found.out);
    }
    let all = check(&WEB.replace("Whoever is there", "\"\""), &[]);
    assert_eq!(all.status, Some(65), "{}", all.out);
}

#[test]
fn what_is_too_much_stands_in_the_configuration() {
    let configuration = data("raci-bot.yaml", "checks: { max_responsible: 1, max_age: 100000 }\n");
    let file = configuration.path().join("raci-bot.yaml");
    let text = WEB.replace("Developers: A ", "Developers: RA ");
    let found = check(&text, &["--config", file.to_str().expect("UTF-8"), "--format", "github"]);
    let told = "2 parties are responsible for `Renew certificates`, usual are at most 1";
    assert!(found.out.contains(told), "{}", found.out);
    assert!(found.out.contains("`stale-source` any longer"), "{}", found.out);
}

#[test]
fn what_has_no_line_to_show_has_its_place_and_its_rule() {
    let directory = data("page.csv", "Activity,P\u{e9},Q\nax,R,A\nay,R,I\n");
    let file = directory.path().join("page.csv");
    let text = std::fs::read_to_string(&file).expect("it was written");
    // In the encoding of an old spreadsheet, so that there is no text to show.
    let old: Vec<u8> = text.chars().map(|c| u8::try_from(u32::from(c)).expect("Latin")).collect();
    std::fs::write(&file, old).expect("it can be written");
    let found = run(raci_bot(["check", "page.csv"]).current_dir(directory.path()));
    assert_eq!(
        found.out,
        "warning[no-accountable]: nobody is accountable for `ay`\n--> page.csv:3\n\n1 warning in 1 matrix\n"
    );
}

#[test]
fn pages_are_checked_like_matrix_files_with_their_own_places() {
    let page = "\
# Backup service

| Activity | Customer | Provider |
|---|---|---|
| Run backups | I | R |
| **Run** backup | A | R |
";
    let directory = data("page.md", page);
    let file = directory.path().join("page.md");
    let found = run(&mut raci_bot([Path::new("check"), &file]));
    assert!(found.out.contains("page.md:5:3\n"), "{}", found.out);
    assert!(found.out.contains("5 | | Run backups | I | R |\n  |   ^^^^^^^^^^^"), "{}", found.out);
    assert!(found.out.contains("page.md:6:1\n"), "{}", found.out);
    let table = data("table.csv", "Section,Activity,Us,Them\r\nDaily,Run backups,I,R\r\n");
    let file = table.path().join("table.csv");
    let found = run(&mut raci_bot([Path::new("check"), &file]));
    assert!(found.out.contains("table.csv:2:7\n"), "{}", found.out);
}

#[test]
fn code_scanning_gets_every_rule_level_and_region() {
    let found = check(WEB, &["--format", "sarif", "--rule", "idle-party=note"]);
    let log: Value = serde_json::from_str(&found.out).expect("JSON");
    assert_eq!(log["version"], "2.1.0");
    let run = &log["runs"][0];
    let rules = run["tool"]["driver"]["rules"].as_array().expect("rules");
    let results = run["results"].as_array().expect("results");
    assert_eq!(results.len(), 2);
    for result in results {
        let index =
            usize::try_from(result["ruleIndex"].as_u64().expect("an index")).expect("small");
        assert_eq!(rules[index]["id"], result["ruleId"]);
        assert!(["error", "warning", "note"].contains(&result["level"].as_str().expect("a level")));
        let place = &result["locations"][0]["physicalLocation"];
        assert_eq!(place["artifactLocation"]["uri"], "web.yaml");
        let number = |key: &str| place["region"][key].as_u64().expect("a number");
        assert!(number("startLine") >= 1 && number("startColumn") >= 1);
        assert!(number("endColumn") > number("startColumn"));
    }
    assert_eq!(results[0]["level"], "note");
    let broken = check("service: x\nparties: [A]\nactivitys: []\n", &["--format", "sarif"]);
    assert_eq!(broken.status, Some(65));
    let log: Value = serde_json::from_str(&broken.out).expect("JSON");
    let run = &log["runs"][0];
    let index = run["results"][0]["ruleIndex"].as_u64().expect("faults of the format have rules");
    let rule = &run["tool"]["driver"]["rules"][usize::try_from(index).expect("small")];
    assert_eq!(
        (&rule["id"], &run["results"][0]["level"]),
        (&"unknown-key".into(), &"error".into())
    );
}

#[test]
fn a_pull_request_is_annotated_line_by_line() {
    let found = check(WEB, &["--format", "github"]);
    assert_eq!(
        found.out,
        "::warning file=web.yaml,line=4,col=35,endColumn=41,title=idle-party::`Nobody` has no role in \
         any activity (hint: remove the column, or fill in what is missing)\n\
         ::warning file=web.yaml,line=7,col=18,endColumn=51,title=two-accountable::2 parties are \
         accountable for `Renew certificates`: Operations, Developers\n"
    );
}

#[test]
fn each_rule_is_explained_alone_and_all_together() {
    let one = run(&mut raci_bot(["check", "--explain", "two-accountable"]));
    assert_eq!(one.first_line(), "two-accountable (warning)");
    assert!(one.out.contains("allow: { two-accountable: the reason }"), "{}", one.out);
    let all = run(&mut raci_bot(["check", "--explain"]));
    for rule in raci_bot::domain::checks::RULES {
        assert!(all.out.contains(&format!("{} (", rule.id)), "{}", rule.id);
    }
    let none = run(&mut raci_bot(["check", "--explain", "two-acountable"]));
    assert_eq!(none.status, Some(64));
    assert!(none.err.contains("two-accountable"), "{}", none.err);
}

//! `raci-bot chat` over a pipe: the commands of team chat, one reply a line.

use super::{raci_bot, run_with_input};

/// The first line of each reply.
fn chat(lines: &str) -> Vec<String> {
    let run = run_with_input(&mut raci_bot(["chat"]), lines.as_bytes());
    assert_eq!((run.status, run.err.as_str()), (Some(0), ""), "{}", run.out);
    run.out
        .split("\n\n")
        .filter_map(|reply| reply.lines().find(|line| !line.is_empty()))
        .map(str::to_owned)
        .collect()
}

const BACKUPS: &str = "Manage backups → OVHcloud does it and answers for it (R, A).";

#[test]
fn slash_commands_and_plain_words_are_answered() {
    let replies = chat("/raci backups\nbackups\n/raci backups service:kms\n");
    assert_eq!(replies, [BACKUPS; 3]);
}

#[test]
fn duties_are_listed() {
    let replies = chat("/raci-duties OVHcloud as:A\n");
    assert!(replies[0].contains("OVHcloud"), "{replies:?}");
}

#[test]
fn a_place_is_chosen_by_its_number() {
    let replies = chat("/raci\n1\n1\n");
    assert!(replies[0].contains("31 activities"), "{replies:?}");
    assert!(replies[1].contains("1.1 "), "{replies:?}");
    assert!(replies[2].contains(" → "), "{replies:?}");
}

#[test]
fn a_list_is_paged_through_by_the_names_of_its_buttons() {
    let replies = chat("/raci-duties OVHcloud\nnext\nprevious\n");
    assert_eq!(replies[0], replies[2]);
    assert_ne!(replies[0], replies[1]);
}

#[test]
fn what_is_no_command_is_answered_too() {
    let replies = chat("/nonsense\n/raci backups\n");
    assert_eq!(replies[1], BACKUPS);
}

#[test]
fn blank_lines_are_silence_and_quit_ends() {
    assert_eq!(chat("\n\n/raci backups\n/quit\n/raci backups\n"), [BACKUPS]);
    assert_eq!(chat(""), [""; 0]);
}

#[test]
fn no_prompt_is_printed_into_a_pipe() {
    let run = run_with_input(&mut raci_bot(["chat"]), b"backups\n");
    assert!(run.out.starts_with(BACKUPS), "{}", run.out);
}

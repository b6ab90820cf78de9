//! Not this: the next best, until nothing else comes near.

use super::*;

fn world() -> World {
    World::of(vec![matrix(
        "shop",
        "Shop",
        &[
            (1, "Restore the database", "RA", ""),
            (1, "Restore the mailboxes", "", "RA"),
            (2, "Restore the network", "R", "A"),
            (2, "Water the plants", "RA", ""),
        ],
    )])
}

fn names(reply: &Reply) -> Vec<&str> {
    let choices = reply.menus.iter().flat_map(|menu| &menu.choices);
    choices.map(|choice| choice.label.as_str()).collect()
}

#[test]
fn the_next_best_is_shown_until_there_is_none() {
    let world = world();
    let first = world.ask("restore");
    assert!(read(&first).starts_with("Restore the database →"), "{}", read(&first));
    let second = world.answer(press(&first, "Not this?"));
    assert!(
        read(&second).starts_with("Next closest:\nRestore the mailboxes →"),
        "{}",
        read(&second)
    );
    assert_eq!(
        names(&second),
        ["Restore the network", "Restore the database"],
        "the slip can be undone"
    );
    let third = world.answer(press(&second, "Not this?"));
    assert!(read(&third).starts_with("Next closest:\nRestore the network →"), "{}", read(&third));
    let last = world.answer(press(&third, "Not this?"));
    assert_eq!(read(&last), "No more matches.\nTry fewer words, or /raci alone to browse.");
    assert_eq!((last.outcome, labels(&last)), (Outcome::Nothing, vec!["3.2 Incidents"]));
    let around = world.answer(press(&last, "3.2 Incidents"));
    assert!(read(&around).starts_with("Shop › 3.2 Incidents · 2 activities"));
}

#[test]
fn what_was_chosen_from_the_menu_still_knows_the_others() {
    let world = world();
    let first = world.ask("restore");
    let chosen = world.answer(&first.menus[0].choices[1].command);
    assert_eq!(names(&chosen).len(), names(&first).len());
    assert!(names(&chosen).contains(&"Restore the database"), "{:?}", names(&chosen));
    let next = world.answer(press(&chosen, "Not this?"));
    assert!(next.preamble.is_some() && next.headline != chosen.headline);
}

#[test]
fn what_somebody_else_posted_stays_and_whoever_pressed_gets_their_own() {
    let mut world = world();
    let first = world.ask("restore");
    for (poster, private, expected) in [
        (Some("11"), false, Audience::Channel),
        (Some("12"), false, Audience::Asker),
        (None, false, Audience::Asker),
        (None, true, Audience::Asker),
    ] {
        let context = Context { poster: poster.map(str::to_owned), ..world.context.clone() };
        world.context = context.on_message(private);
        let choice = &first.menus[0].choices[0].command;
        for command in [press(&first, "Not this?"), choice] {
            assert_eq!(world.answer(command).audience, expected, "{poster:?} {private}");
        }
    }
}

#[test]
fn what_is_gone_since_is_passed_over() {
    let command = Command::NotThis {
        tag: "00000000".into(),
        others: vec![
            "11111111".into(),
            world().id("Water the plants")[..]
                .chars()
                .rev()
                .take(8)
                .collect::<String>()
                .chars()
                .rev()
                .collect(),
        ],
    };
    assert!(read(&world().answer(&command)).starts_with("Next closest:\nWater the plants →"));
    let gone = Command::NotThis { tag: "00000000".into(), others: vec!["11111111".into()] };
    let gone = world().answer(&gone);
    assert_eq!((gone.outcome, gone.buttons), (Outcome::Nothing, Vec::new()));
}

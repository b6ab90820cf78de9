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
    let choices = reply.menu.iter().flat_map(|menu| &menu.choices);
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
    assert_eq!(
        read(&last),
        "Nothing else comes close.\nTry fewer words, or /raci alone to browse."
    );
    assert_eq!((last.outcome, labels(&last)), (Outcome::Nothing, vec!["3.2 Incidents"]));
    let around = world.answer(press(&last, "3.2 Incidents"));
    assert!(read(&around).starts_with("Shop › 3.2 Incidents · 2 activities"));
}

#[test]
fn what_was_chosen_from_the_menu_still_knows_the_others() {
    let world = world();
    let first = world.ask("restore");
    let chosen = world.answer(&first.menu.as_ref().expect("a menu").choices[1].command);
    assert_eq!(names(&chosen).len(), names(&first).len());
    assert!(names(&chosen).contains(&"Restore the database"), "{:?}", names(&chosen));
    let next = world.answer(press(&chosen, "Not this?"));
    assert!(next.preamble.is_some() && next.headline != chosen.headline);
}

#[test]
fn what_somebody_else_posted_stays_and_whoever_pressed_gets_their_own() {
    let mut world = world();
    let first = world.ask("restore");
    world.context.share = Some(true);
    for (poster, expected) in [("11", Audience::Channel), ("12", Audience::Asker)] {
        world.context.poster = Some(poster.into());
        assert_eq!(world.answer(press(&first, "Not this?")).audience, expected, "{poster}");
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

//! The same end again and again: never more than a handful of attempts in ten seconds, and always
//! back.

use super::{Fault, survive_all};
use crate::standin::Standin;
use crate::standin::gateway::{Conduct, End};
use crate::standin::session::Order;

/// A storm of eight seconds.
const fn storm(name: &'static str, strike: fn(&Standin)) -> Fault {
    Fault::new(name, strike).lasting(8000).within(6000).attempts(8)
}

fn turns(discord: &Standin, conduct: Conduct) {
    discord.behaves(conduct);
    discord.orders(Order::End(End::Closed));
}

pub(crate) const STORMS: &[Fault] = &[
    storm("accepted, then closed", |discord| turns(discord, Conduct::Ends(End::Closed)))
        .attempts(20),
    storm("accepted, then reset", |discord| turns(discord, Conduct::Ends(End::Reset))).attempts(20),
    storm("upgraded, then closed", |discord| turns(discord, Conduct::UpgradeThen(End::Closed))),
    storm("upgraded, then reset", |discord| turns(discord, Conduct::UpgradeThen(End::Reset))),
    storm("upgraded, then closed with 1000", |discord| {
        turns(discord, Conduct::UpgradeThen(End::Status(Some(1000))));
    }),
    storm("HELLO, then closed", |discord| turns(discord, Conduct::HelloThen(End::Closed))),
    storm("HELLO, then closed with 4000", |discord| {
        turns(discord, Conduct::HelloThen(End::Status(Some(4000))));
    }),
    storm("RESUME, then closed", |discord| turns(discord, Conduct::LoginThen(End::Closed))),
    storm("RESUME, then closed with 4000", |discord| {
        turns(discord, Conduct::LoginThen(End::Status(Some(4000))));
    }),
    storm("RESUME, then the session is invalid (4006)", |discord| {
        turns(discord, Conduct::LoginThen(End::Status(Some(4006))));
    })
    .anew(),
    storm("RESUME that nobody answers", |discord| turns(discord, Conduct::ResumeUnanswered)),
    storm("RESUME and IDENTIFY that nobody answers", |discord| turns(discord, Conduct::Deaf)),
    storm("every login is refused with opcode 9", |discord| turns(discord, Conduct::LoginRefused))
        .anew(),
    storm("no heartbeat is acknowledged", |discord| turns(discord, Conduct::NoAcks)).beating(300),
    storm("HELLO never comes", |discord| turns(discord, Conduct::NoHello)),
];

#[tokio::test(flavor = "multi_thread")]
async fn every_storm_is_weathered() {
    survive_all(STORMS).await;
}

//! Dialogues with the built daemon through the stand-in Discord: what people write, and what they
//! read. A new one is three lines.

/// What is answered, and how sure.
mod asking;
/// Who sees an answer: the asker, or the channel.
mod audience;
/// What is decided per channel, read like the sample configuration.
mod channels;
/// Buttons and menus, of today, of yesterday, of others.
mod components;
/// Services that only some may see, and every way in for all others.
mod confidential;
/// Input that is meant to hurt, or that nobody expected.
mod hostile;
/// What operators can do, and nobody else.
mod operators;
/// A configuration that changes underneath, and when it takes effect.
mod reconfigured;
/// Which commands Discord shows, and what a start changes about them.
mod registration;
/// How it starts and stops, and with which status.
mod service;
/// Several services at once: comparisons, and everything that leads to one service.
mod several;
/// Questions that found nothing: counted, kept where that is allowed, forgotten when told to.
mod unanswered;

//! The edge to a terminal: slash commands in, printed replies out.

mod dialogue;
mod paint;
mod print;
mod prompt;
mod screen;
mod slash;

pub(crate) use paint::harmless;

pub use dialogue::{Dialogue, Turn};
pub use print::Places;
pub use prompt::Prompt;
pub use screen::Screen;
pub use slash::{Typed, parse};

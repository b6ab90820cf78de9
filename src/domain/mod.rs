//! The world as the matrices describe it: plain data and the rules that hold for it.
//!
//! Nothing here touches disk, clock, network or platform, and nothing here can fail.

pub mod catalog;
pub mod checks;
pub mod id;
pub mod matrix;
pub mod problem;
pub mod scheme;

pub use catalog::{ActivityKey, ActivityRef, Catalog};
pub use id::ActivityId;
pub use matrix::{Activity, Allowance, Matrix, Party, Scope, Section, Service, Source};
pub use problem::{Place, Problem, Severity};
pub use scheme::{Participation, Participations, Scheme};

//! What the daemon tells those who look after it, and what it keeps to itself.

/// The alert rules and the unit that are shipped.
mod config;
/// Over HTTP: ready or not, and the metrics.
mod http;
/// On standard error.
mod logs;
/// To systemd.
mod systemd;

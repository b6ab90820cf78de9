//! `raci-bot healthcheck`: asks a running daemon whether it answers questions; for containers,
//! which have no other program to ask with.

use std::io::{self, Read, Write};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpStream};
use std::time::Duration;

use super::{Global, setup};
use crate::exit::Exit;
use crate::failure::{Failure, printed};

/// How long connecting, sending and each read may take.
const PATIENCE: Duration = Duration::from_secs(3);
/// The longest answer that is read, in bytes.
const MAX_ANSWER: u64 = 64 * 1024;

/// What to ask.
#[derive(Debug, clap::Args)]
#[command(after_help = STATUSES)]
pub struct Args {
    /// Ask only whether it lives, not whether it is connected to Discord
    #[arg(long)]
    live: bool,
}

const STATUSES: &str = "\
Exit status: 0 ready (with `--live`: alive), 1 not, 78 configuration.";

/// Prints what the daemon says of itself.
pub(super) fn run(global: &Global, args: &Args) -> Result<Exit, Failure> {
    let Some(address) = setup::config(global)?.http else {
        return Err(Failure::new(Exit::Config, "there is nowhere to ask: `http` is `off`")
            .hint("`http` in the configuration or `RACI_BOT_HTTP` names an address"));
    };
    let address = reachable(address);
    let path = if args.live { "/livez" } else { "/readyz" };
    match ask(address, path) {
        Ok((status, text)) => {
            let exit = if status == 200 { Exit::Success } else { Exit::Unsure };
            printed(io::stdout().write_all(harmless(&text).as_bytes()), exit)
        }
        Err(error) => Err(Failure::new(Exit::Unsure, format!("no answer from {address}: {error}"))
            .hint("is `raci-bot serve` running, with the same configuration and environment?")),
    }
}

/// Who listens everywhere is asked here.
fn reachable(address: SocketAddr) -> SocketAddr {
    let ip = match address.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(ip) if ip.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
        ip => ip,
    };
    SocketAddr::new(ip, address.port())
}

/// The status and the body of the answer.
fn ask(address: SocketAddr, path: &str) -> io::Result<(u16, String)> {
    let mut stream = TcpStream::connect_timeout(&address, PATIENCE)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    let request = format!("GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes())?;
    let mut answer = Vec::new();
    stream.take(MAX_ANSWER).read_to_end(&mut answer)?;
    let answer = String::from_utf8_lossy(&answer);
    let (head, body) = answer.split_once("\r\n\r\n").unwrap_or((&answer, ""));
    let status = head.strip_prefix("HTTP/1.1 ").and_then(|rest| rest.get(..3)?.parse().ok());
    let status = status.ok_or_else(|| io::Error::other("that is no daemon of ours"))?;
    Ok((status, body.to_owned()))
}

/// Without what a terminal would obey: something else may listen there.
fn harmless(text: &str) -> String {
    text.chars().filter(|&c| c == '\n' || !c.is_control()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_listens_everywhere_is_asked_here() {
        for (listens, asked) in [
            ("0.0.0.0:9464", "127.0.0.1:9464"),
            ("[::]:9464", "[::1]:9464"),
            ("192.0.2.7:80", "192.0.2.7:80"),
        ] {
            let listens = listens.parse().expect("an address");
            assert_eq!(reachable(listens).to_string(), asked);
        }
    }
}

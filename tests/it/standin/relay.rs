//! A relay in front of one of the stand-in's ports: the same bytes, but not as they usually come.

use std::net::SocketAddr;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt, copy};
use tokio::net::TcpStream;
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::time::timeout;

use super::door::Door;

/// How what the stand-in says arrives.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Manner {
    /// As it was said.
    Plain,
    /// Each byte by itself.
    Bytewise,
    /// What is said with no longer a pause than this in one piece.
    Together(Duration),
    /// With these lines added to its first answer.
    Headed(&'static str),
}

/// A port that leads to another.
pub(crate) struct Relay(Door);

impl Relay {
    /// A relay on this address to a port on loopback.
    pub(crate) fn at(address: &str, to: u16, manner: Manner) -> Self {
        let address: SocketAddr = address.parse().expect("an address");
        Self(Door::open_at(address, move |guest| relay(guest, to, manner)))
    }

    pub(crate) fn port(&self) -> u16 {
        self.0.port()
    }
}

async fn relay(guest: TcpStream, to: u16, manner: Manner) {
    let Ok(host) = TcpStream::connect(("127.0.0.1", to)).await else { return };
    let _ = host.set_nodelay(true);
    let ((mut asks, guest), (host, mut asked)) = (guest.into_split(), host.into_split());
    let there = async {
        let _ = copy(&mut asks, &mut asked).await;
        let _ = asked.shutdown().await;
    };
    tokio::join!(there, back(host, guest, manner));
}

async fn back(mut host: OwnedReadHalf, mut guest: OwnedWriteHalf, manner: Manner) {
    let mut buffer = vec![0; 1 << 16];
    let mut is_first = true;
    while let Ok(length @ 1..) = host.read(&mut buffer).await {
        let mut said = buffer[..length].to_vec();
        let written = match manner {
            Manner::Plain => guest.write_all(&said).await,
            Manner::Bytewise => bytewise(&mut guest, &said).await,
            Manner::Together(pause) => {
                while let Ok(Ok(length @ 1..)) = timeout(pause, host.read(&mut buffer)).await {
                    said.extend_from_slice(&buffer[..length]);
                }
                guest.write_all(&said).await
            }
            Manner::Headed(lines) => {
                if let (true, Some(end)) = (is_first, said.iter().position(|&byte| byte == b'\n')) {
                    said.splice(end + 1..=end, lines.bytes());
                }
                guest.write_all(&said).await
            }
        };
        is_first = false;
        if written.is_err() {
            break;
        }
    }
    let _ = guest.shutdown().await;
}

async fn bytewise(guest: &mut OwnedWriteHalf, said: &[u8]) -> std::io::Result<()> {
    for byte in said {
        guest.write_all(&[*byte]).await?;
        tokio::task::yield_now().await;
    }
    Ok(())
}

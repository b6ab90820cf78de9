//! The wire under the gateway: dialling, sending and leaving, each within a deadline.

use std::fmt;
use std::net::{IpAddr, SocketAddr};
use std::panic::AssertUnwindSafe;
use std::time::Duration;

use futures_util::{FutureExt, SinkExt, StreamExt};
use http::Uri;
use tokio::io::{AsyncReadExt, Join, ReadHalf, Take, WriteHalf, join, split};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_websockets::{
    ClientBuilder, CloseCode, Connector, Error, Limits, MaybeTlsStream, Message, WebSocketStream,
};

use super::session::End;
use crate::adapters::discord::resolve::Resolver;

/// How long one of a host's addresses may take, so that a dead one does not hide the others.
const CONNECT_ADDRESS: Duration = Duration::from_millis(1500);
/// How long a frame may take to leave.
const SEND: Duration = Duration::from_secs(5);
/// How long the farewell to a peer that may be deaf may take.
const FAREWELL: Duration = Duration::from_millis(200);
/// The largest message that is read. Larger than any known event: one that is refused is sent
/// again by every resume.
const MAX_MESSAGE: usize = 32 * 1024 * 1024;
/// The longest answer to an upgrade that is read.
const MAX_ANSWER: u64 = 64 * 1024;
/// What we close with so that the session survives; 1000 and 1001 would end it.
const COMING_BACK: u16 = 4900;

/// Where a gateway listens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Address {
    uri: Uri,
    host: String,
    port: u16,
    tls: bool,
}

impl Address {
    /// The address in a `ws` or `wss` URL, with the version and encoding that we speak.
    ///
    /// # Errors
    ///
    /// In words, when it is no such URL, or a plain one where only `wss` will do.
    pub(super) fn parse(url: &str, plain_allowed: bool) -> Result<Self, String> {
        let bare = url.split(['?', '#']).next().unwrap_or_default().trim_end_matches('/');
        let uri: Uri = format!("{bare}/?v=10&encoding=json")
            .parse()
            .map_err(|_| format!("`{url}` is not a URL"))?;
        let tls = match uri.scheme_str() {
            Some("wss") => true,
            Some("ws") if plain_allowed => false,
            _ => return Err(format!("`{url}` is not a `wss` URL")),
        };
        let host = uri.host().unwrap_or_default().trim_matches(['[', ']']).to_owned();
        if host.is_empty() {
            return Err(format!("`{url}` names no host"));
        }
        let port = uri.port_u16().unwrap_or(if tls { 443 } else { 80 });
        Ok(Self { uri, host, port, tls })
    }

    /// The host.
    pub(super) fn host(&self) -> &str {
        &self.host
    }
}

/// Whether two hosts are of one house: the same, both this machine, or of one domain.
pub(super) fn are_related(one: &str, other: &str) -> bool {
    let here = |host: &str| {
        host == "localhost" || host.parse().is_ok_and(|address: IpAddr| address.is_loopback())
    };
    let domain = |host: &str| {
        let mut labels = host.trim_end_matches('.').rsplit('.');
        let (top, name) =
            (labels.next()?.to_ascii_lowercase(), labels.next()?.to_ascii_lowercase());
        host.parse::<IpAddr>().is_err().then_some((name, top))
    };
    one.eq_ignore_ascii_case(other)
        || here(one) && here(other)
        || domain(one).is_some_and(|it| Some(it) == domain(other))
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.host, self.port)
    }
}

/// Makes connections; keeps what they share.
#[derive(Default)]
pub(super) struct Dialler {
    tls: Option<Connector>,
}

impl Dialler {
    /// Connects and upgrades.
    ///
    /// # Errors
    ///
    /// When that fails or takes longer than `patience`.
    pub(super) async fn dial(
        &mut self,
        address: &Address,
        resolver: &Resolver,
        patience: Duration,
    ) -> Result<Socket, End> {
        let connect = timeout(patience, self.connect(address, resolver));
        // The library panics on an answer whose key is too long.
        match AssertUnwindSafe(connect).catch_unwind().await {
            Ok(Ok(Ok(socket))) => Ok(Socket(socket)),
            Ok(Ok(Err(error))) => Err(End::Refused(error.to_string())),
            Ok(Err(_)) => Err(End::Refused("timed out".to_owned())),
            Err(_) => Err(End::Refused("the answer to the upgrade cannot be read".to_owned())),
        }
    }

    async fn connect(&mut self, address: &Address, resolver: &Resolver) -> Result<Stream, Error> {
        let found = resolver.look_up(&address.host).await?;
        let found = found.into_iter().map(|ip| SocketAddr::new(ip, address.port));
        let tcp = connect_any(found).await?;
        tcp.set_nodelay(true)?;
        let stream = if address.tls {
            self.connector()?.wrap(&address.host, tcp).await?
        } else {
            MaybeTlsStream::Plain(tcp)
        };
        let builder = ClientBuilder::from_uri(address.uri.clone())
            .limits(Limits::default().max_payload_len(Some(MAX_MESSAGE)));
        let (read, write) = split(stream);
        let mut stream = builder.connect_on(join(read.take(MAX_ANSWER), write)).await?.0;
        stream.get_mut().reader_mut().set_limit(u64::MAX);
        Ok(stream)
    }

    fn connector(&mut self) -> Result<&Connector, Error> {
        if self.tls.is_none() {
            self.tls = Some(Connector::new()?);
        }
        self.tls.as_ref().ok_or(Error::UnsupportedScheme)
    }
}

async fn connect_any(addresses: impl Iterator<Item = SocketAddr>) -> std::io::Result<TcpStream> {
    let mut last = std::io::Error::new(std::io::ErrorKind::NotFound, "the host has no address");
    for address in addresses {
        match timeout(CONNECT_ADDRESS, TcpStream::connect(address)).await {
            Ok(Ok(stream)) => return Ok(stream),
            Ok(Err(error)) => last = error,
            Err(_) => last = std::io::ErrorKind::TimedOut.into(),
        }
    }
    Err(last)
}

type Tcp = MaybeTlsStream<TcpStream>;
type Stream = WebSocketStream<Join<Take<ReadHalf<Tcp>>, WriteHalf<Tcp>>>;

/// A connection to a gateway.
pub(super) struct Socket(Stream);

impl Socket {
    /// The next text or binary message.
    ///
    /// # Errors
    ///
    /// When the connection ended, and how.
    pub(super) async fn receive(&mut self) -> Result<Message, End> {
        loop {
            let message = match self.0.next().await {
                None => return Err(End::Broken("end of file".to_owned())),
                Some(Err(error)) => return Err(ending(&error)),
                Some(Ok(message)) => message,
            };
            if let Some((code, _)) = message.as_close() {
                // Flushes the answer to the close, which is only queued.
                let _ = timeout(FAREWELL, self.0.next()).await;
                let code = Some(code).filter(|&code| code != CloseCode::NO_STATUS_RECEIVED);
                return Err(End::Closed(code.map(u16::from)));
            }
            if message.is_text() || message.is_binary() {
                return Ok(message);
            }
        }
    }

    /// Sends a frame.
    ///
    /// # Errors
    ///
    /// When the connection ended, or the peer does not take it in time.
    pub(super) async fn send(&mut self, text: String) -> Result<(), End> {
        match timeout(SEND, self.0.send(Message::text(text))).await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(error)) => Err(ending(&error)),
            Err(_) => Err(End::Silent("room for a frame")),
        }
    }

    /// Says that we are coming back, and does not wait for an answer.
    pub(super) async fn leave(mut self) {
        let code = CloseCode::try_from(COMING_BACK).ok();
        let _ = timeout(FAREWELL, self.0.send(Message::close(code, ""))).await;
    }

    /// Says that we are gone for good; the peer's answer comes by [`Self::receive`].
    pub(super) async fn close(&mut self) {
        let close = Message::close(Some(CloseCode::NORMAL_CLOSURE), "");
        let _ = timeout(FAREWELL, self.0.send(close)).await;
    }
}

fn ending(error: &Error) -> End {
    match error {
        Error::Protocol(_) | Error::PayloadTooLong { .. } => End::Garbled(error.to_string()),
        _ => End::Broken(error.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_read_with_version_and_encoding() {
        let address = Address::parse("wss://gateway.discord.gg", false).expect("an address");
        assert_eq!(address.uri.to_string(), "wss://gateway.discord.gg/?v=10&encoding=json");
        assert_eq!((address.port, address.tls), (443, true));
        let address = Address::parse("ws://[::1]:9000/?v=9&x=y", true).expect("an address");
        assert_eq!(address.to_string(), "::1:9000");
        assert_eq!(address.uri.query(), Some("v=10&encoding=json"));
    }

    #[test]
    fn hosts_are_related_by_name_by_domain_or_on_this_machine() {
        for (one, other, expected) in [
            ("gateway.discord.gg", "gateway-us-east1-b.discord.gg", true),
            ("Gateway.Discord.GG", "gateway.discord.gg.", true),
            ("127.0.0.1", "localhost", true),
            ("::1", "127.0.0.53", true),
            ("gw", "gw", true),
            ("10.0.0.1", "10.0.0.1", true),
            ("10.0.0.1", "10.9.0.1", false),
            ("127.0.0.1", "gateway.discord.gg", false),
            ("gw", "other", false),
            ("discord.gg", "discord.example", false),
            ("", "localhost", false),
        ] {
            assert_eq!(are_related(one, other), expected, "{one} {other}");
        }
    }

    #[test]
    fn what_is_no_gateway_address_is_refused() {
        for url in ["", "ws://plain.example", "https://x", "wss://", "wss:// x", "ws://[", "\u{0}"]
        {
            assert!(Address::parse(url, false).is_err(), "{url:?}");
        }
    }
}

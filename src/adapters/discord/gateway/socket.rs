//! The wire under the gateway: dialling, sending and leaving, each within a deadline.

use std::fmt;
use std::net::SocketAddr;
use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use http::Uri;
use tokio::net::{TcpStream, lookup_host};
use tokio::time::timeout;
use tokio_websockets::{
    ClientBuilder, CloseCode, Connector, Error, Limits, MaybeTlsStream, Message, WebSocketStream,
};

use super::session::End;

/// How long everything up to the upgrade may take.
const CONNECT: Duration = Duration::from_secs(5);
/// How long one of a host's addresses may take, so that a dead one does not hide the others.
const CONNECT_ADDRESS: Duration = Duration::from_millis(1500);
/// How long a frame may take to leave.
const SEND: Duration = Duration::from_secs(5);
/// How long the farewell to a peer that may be deaf may take.
const FAREWELL: Duration = Duration::from_millis(200);
/// The largest message that is read. Larger than any known event: one that is refused is sent
/// again by every resume.
const MAX_MESSAGE: usize = 32 * 1024 * 1024;
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
    /// When that fails or takes more than five seconds.
    pub(super) async fn dial(&mut self, address: &Address) -> Result<Socket, End> {
        match timeout(CONNECT, self.connect(address)).await {
            Ok(Ok(socket)) => Ok(Socket(socket)),
            Ok(Err(error)) => Err(End::Refused(error.to_string())),
            Err(_) => Err(End::Refused("timed out".to_owned())),
        }
    }

    async fn connect(&mut self, address: &Address) -> Result<Stream, Error> {
        let tcp = connect_any(lookup_host((address.host.as_str(), address.port)).await?).await?;
        tcp.set_nodelay(true)?;
        let stream = if address.tls {
            self.connector()?.wrap(&address.host, tcp).await?
        } else {
            MaybeTlsStream::Plain(tcp)
        };
        let builder = ClientBuilder::from_uri(address.uri.clone())
            .limits(Limits::default().max_payload_len(Some(MAX_MESSAGE)));
        Ok(builder.connect_on(stream).await?.0)
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

type Stream = WebSocketStream<MaybeTlsStream<TcpStream>>;

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
    fn what_is_no_gateway_address_is_refused() {
        for url in ["", "ws://plain.example", "https://x", "wss://", "wss:// x", "ws://[", "\u{0}"]
        {
            assert!(Address::parse(url, false).is_err(), "{url:?}");
        }
    }
}

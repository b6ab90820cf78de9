//! Where hosts are, remembered: while names cannot be looked up, Discord is where it was before.

use std::collections::HashMap;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use tokio::net::lookup_host;
use tokio::time::timeout;

/// How long to wait for a look-up whose last result is known: an answer has three seconds in all.
const PATIENCE: Duration = Duration::from_millis(400);
/// The most hosts that are remembered; there are two or three.
const MAX_KNOWN: usize = 32;

/// Looks names up. Clones remember together.
#[derive(Clone, Debug, Default)]
pub struct Resolver {
    known: Arc<Mutex<HashMap<String, Vec<IpAddr>>>>,
}

impl Resolver {
    /// The addresses of a host: those found now, or else those found last.
    ///
    /// # Errors
    ///
    /// When it cannot be looked up, and never could be.
    pub async fn look_up(&self, host: &str) -> io::Result<Vec<IpAddr>> {
        let asking = async {
            let found = lookup_host((host, 0)).await?;
            Ok(found.map(|address| address.ip()).collect::<Vec<_>>())
        };
        let Some(known) = self.known(host) else {
            return asking.await.inspect(|found: &Vec<_>| self.remember(host, found));
        };
        match timeout(PATIENCE, asking).await {
            Ok(Ok(found)) => {
                self.remember(host, &found);
                Ok(found)
            }
            _ => Ok(known),
        }
    }

    fn known(&self, host: &str) -> Option<Vec<IpAddr>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner).get(host).cloned()
    }

    fn remember(&self, host: &str, found: &[IpAddr]) {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if !found.is_empty() && (known.len() < MAX_KNOWN || known.contains_key(host)) {
            known.insert(host.to_owned(), found.to_vec());
        }
    }
}

impl Resolve for Resolver {
    fn resolve(&self, name: Name) -> Resolving {
        let resolver = self.clone();
        Box::pin(async move {
            let found = resolver.look_up(name.as_str()).await?;
            let found: Addrs = Box::new(found.into_iter().map(|ip| SocketAddr::new(ip, 0)));
            Ok(found)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn what_was_found_last_is_used_while_nothing_is_found() {
        let resolver = Resolver::default();
        // No name at all, so that nobody is asked for it.
        let host = "discord..invalid";
        assert!(resolver.look_up(host).await.is_err());
        let address = IpAddr::from([192, 0, 2, 1]);
        resolver.clone().remember(host, &[address]);
        assert_eq!(resolver.look_up(host).await.ok(), Some(vec![address]));
        resolver.remember(host, &[]);
        assert_eq!(resolver.look_up(host).await.ok(), Some(vec![address]));
    }

    #[tokio::test]
    async fn an_address_is_its_own() {
        let found = Resolver::default().look_up("127.0.0.1").await.expect("no look-up");
        assert_eq!(found, [IpAddr::from([127, 0, 0, 1])]);
    }
}

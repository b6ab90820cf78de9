//! The message that a button stands on, taken away once its press was answered.

use std::time::Duration;

use reqwest::Method;
use tokio::time::sleep;

use super::{Api, Error, PATIENT, read};

/// How often it is tried: nobody waits for it, and what the message said is gone already.
const TRIES: u32 = 4;
/// The pause before the second try, doubled with each further one.
const PAUSE: Duration = Duration::from_millis(250);

impl Api {
    /// Deletes the message that the component of an answered interaction stands on. No token but
    /// the interaction's own is sent.
    ///
    /// # Errors
    ///
    /// When Discord does not do it.
    pub async fn delete_original(&self, application: &str, token: &str) -> Result<(), Error> {
        let url = self.url(&["webhooks", application, token, "messages", "@original"]);
        let mut pause = PAUSE;
        for _ in 1..TRIES {
            let request = self.client.request(Method::DELETE, url.clone()).timeout(PATIENT);
            match read(request).await {
                // Somebody else was faster.
                Ok(_) | Err(Error::Refused { status: 404, .. }) => return Ok(()),
                Err(error @ (Error::Refused { .. } | Error::Unauthorized)) => return Err(error),
                Err(Error::Limited { after }) => sleep(after.clamp(pause, PATIENT)).await,
                Err(Error::Failing { .. } | Error::Lost(_)) => sleep(pause).await,
            }
            pause *= 2;
        }
        let request = self.fresh.request(Method::DELETE, url).timeout(PATIENT);
        read(request).await.map(drop)
    }
}

//! The answer to an interaction: tried again within the three seconds that Discord gives.

use std::time::Duration;

use reqwest::{Method, header};
use serde_json::Value;
use tokio::time::{Instant, sleep};
use tracing::debug;

use super::multipart::form;
use super::{Api, Attachment, Error, tell};

/// How long after an interaction came an answer is still worth sending. Discord gives three
/// seconds, some of which had passed when it came.
const DEADLINE: Duration = Duration::from_millis(2900);
/// How long one try may take, so that there can be another.
const TRY: Duration = Duration::from_millis(900);
/// The shortest time that a try is worth.
const WORTH: Duration = Duration::from_millis(50);
/// The pause before the second try, doubled with each further one.
const PAUSE: Duration = Duration::from_millis(40);

/// Discord's code for an interaction that already has its answer.
const ALREADY_ANSWERED: u64 = 40060;

/// How an answer was taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Told {
    /// How many tries it took.
    pub tries: u32,
}

/// What to do after a try.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Verdict {
    Done,
    Again(Duration),
    GiveUp,
}

impl Api {
    /// Answers an interaction that came at `received`, with a file where there is one. No token but the interaction's own is sent.
    ///
    /// # Errors
    ///
    /// When Discord does not take the answer before its deadline.
    pub async fn answer(
        &self,
        id: &str,
        token: &str,
        body: &Value,
        file: Option<&Attachment>,
        received: Instant,
    ) -> Result<Told, Error> {
        let url = self.url(&["interactions", id, token, "callback"]);
        let (media, body) = match file {
            Some(file) => form(body, file),
            None => ("application/json".to_owned(), body.to_string().into()),
        };
        let mut tries = 0;
        loop {
            let client = if tries == 0 { &self.client } else { &self.fresh };
            tries += 1;
            let left = DEADLINE.saturating_sub(received.elapsed());
            let request = client
                .request(Method::POST, url.clone())
                .header(header::CONTENT_TYPE, media.as_str())
                .body(body.clone())
                .timeout(left.clamp(WORTH, TRY));
            let outcome = tell(request).await;
            let left = DEADLINE.saturating_sub(received.elapsed());
            match verdict(tries, &outcome, left) {
                Verdict::Done => return Ok(Told { tries }),
                Verdict::GiveUp => return outcome.map(|()| Told { tries }),
                Verdict::Again(pause) => {
                    let cause = outcome.as_ref().map_or_else(Error::cause, |()| "none");
                    self.metrics.retried("callback", cause);
                    debug!(interaction = id, tries, error = ?outcome.err(), "trying again");
                    sleep(pause).await;
                }
            }
        }
    }
}

/// What to do after the try of this number (from 1), with this much time left.
fn verdict(tries: u32, outcome: &Result<(), Error>, left: Duration) -> Verdict {
    let backoff = PAUSE * 2_u32.pow(tries.clamp(1, 6) - 1);
    let pause = match outcome {
        Ok(()) => return Verdict::Done,
        // An earlier try arrived although its answer did not.
        Err(Error::Refused { code: ALREADY_ANSWERED, .. }) if tries > 1 => return Verdict::Done,
        Err(Error::Refused { .. } | Error::Unauthorized) => return Verdict::GiveUp,
        Err(Error::Limited { after }) => (*after).max(backoff),
        Err(Error::Failing { .. } | Error::Lost(_)) => backoff,
    };
    if pause + WORTH <= left { Verdict::Again(pause) } else { Verdict::GiveUp }
}

#[cfg(test)]
mod tests {
    use super::*;

    const AMPLE: Duration = Duration::from_secs(2);

    fn refused(code: u64) -> Result<(), Error> {
        Err(Error::Refused { status: 400, code, message: String::new() })
    }

    #[test]
    fn what_may_pass_is_tried_again_while_there_is_time() {
        let limited = |millis| Err(Error::Limited { after: Duration::from_millis(millis) });
        let cases = [
            (1, Err(Error::Failing { status: 500 }), AMPLE, Verdict::Again(PAUSE)),
            (2, Err(Error::Failing { status: 503 }), AMPLE, Verdict::Again(PAUSE * 2)),
            (1, Err(Error::Lost("reset".into())), AMPLE, Verdict::Again(PAUSE)),
            (1, Err(Error::Lost("reset".into())), WORTH, Verdict::GiveUp),
            (1, limited(500), AMPLE, Verdict::Again(Duration::from_millis(500))),
            (1, limited(0), AMPLE, Verdict::Again(PAUSE)),
            (3, limited(0), AMPLE, Verdict::Again(PAUSE * 4)),
            (1, limited(5000), AMPLE, Verdict::GiveUp),
        ];
        for (tries, outcome, left, expected) in cases {
            assert_eq!(verdict(tries, &outcome, left), expected, "{tries} {outcome:?} {left:?}");
        }
    }

    #[test]
    fn an_answer_that_arrived_before_counts_only_when_we_had_tried() {
        assert_eq!(verdict(2, &refused(ALREADY_ANSWERED), AMPLE), Verdict::Done);
        assert_eq!(verdict(1, &refused(ALREADY_ANSWERED), AMPLE), Verdict::GiveUp);
        assert_eq!(verdict(1, &refused(10062), AMPLE), Verdict::GiveUp);
        assert_eq!(verdict(1, &Ok(()), Duration::ZERO), Verdict::Done);
    }

    #[test]
    fn tries_are_bounded_by_the_deadline() {
        let (mut left, mut tries) = (DEADLINE, 0);
        loop {
            tries += 1;
            match verdict(tries, &Err(Error::Failing { status: 500 }), left) {
                Verdict::Again(pause) => left = left.saturating_sub(pause),
                _ => break,
            }
        }
        assert!((4..20).contains(&tries), "{tries}");
    }
}

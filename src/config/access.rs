//! The configuration's parts about who may do what: limits of services, operators.

use schemars::JsonSchema;
use serde::Deserialize;

use super::Config;
use crate::commands::access::{Limit, Operators};
use crate::domain::{Catalog, Problem, Severity};
use crate::import::source::{Source, nearest};
use crate::import::yaml::typed::At;

/// The rule that a limit breaks which names a service that is not there.
pub const UNKNOWN_SERVICE: &str = "unknown-service";

/// What protects a matrix whatever the configuration says.
const CONFIDENTIAL_HINT: &str =
    "with `service: { confidential: true }` a matrix is protected by itself";

/// Services that not everybody may see. Each of `guilds`, `channels` and `roles` that is given must
/// fit who asks.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Limit")]
pub(super) struct LimitFile {
    /// The ids of the services.
    #[schemars(length(min = 1, max = 1_000))]
    services: Vec<At<String>>,
    /// The ids of the servers to be asked in.
    #[serde(default)]
    #[schemars(length(max = 1_000))]
    guilds: Vec<u64>,
    /// The ids of the channels to be asked in; threads go with them.
    #[serde(default)]
    #[schemars(length(max = 1_000))]
    channels: Vec<u64>,
    /// The ids of the roles of which one is needed.
    #[serde(default)]
    #[schemars(length(max = 1_000))]
    roles: Vec<u64>,
}

/// Who may use `/raci-admin`; nobody when empty.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[schemars(rename = "Operators")]
pub(super) struct OperatorsFile {
    /// The ids of users.
    #[schemars(length(max = 1_000))]
    users: Vec<u64>,
    /// The ids of roles.
    #[schemars(length(max = 1_000))]
    roles: Vec<u64>,
    /// The ids of servers, all of whose members may.
    #[schemars(length(max = 1_000))]
    guilds: Vec<u64>,
}

impl Config {
    /// What `access` names that no matrix of a catalog is about, so that nothing is protected.
    #[must_use]
    pub fn unprotected(&self, catalog: &Catalog) -> Vec<Problem> {
        let unknown = self.settings.access.unknown(catalog);
        let ids: Vec<&str> =
            catalog.matrices().iter().map(|matrix| matrix.service.id.as_str()).collect();
        let problems = self.named.iter().filter(|(name, _)| unknown.contains(&name.as_str()));
        let hinted = problems.map(|(name, problem)| {
            let hint = match nearest(name, ids.iter().copied()) {
                Some(id) => format!("did you mean `{id}`? {CONFIDENTIAL_HINT}"),
                None => CONFIDENTIAL_HINT.to_owned(),
            };
            Problem { hint: Some(hint), ..problem.clone() }
        });
        hinted.collect()
    }
}

impl LimitFile {
    /// What is wrong with a limit that stands at a place.
    pub(super) fn check(limit: &At<Self>, source: &mut Source<'_>) {
        let Self { services, guilds, channels, roles } = &limit.value;
        let is_empty = guilds.is_empty() && channels.is_empty() && roles.is_empty();
        // An id that cannot be read is missing here, and reported already.
        if is_empty && !source.has_error_on(limit.mark.line) {
            let message = "this limit lets nobody in";
            source
                .error("empty-limit", limit.mark, message)
                .hint("`guilds`, `channels` or `roles` say by their ids who may see the services");
        }
        for service in services.iter().filter(|service| service.trim().is_empty()) {
            source
                .error("no-service", service.mark, "a service's id is missing here")
                .hint("a service's id stands in its matrix as `service: { id: … }`");
        }
    }

    /// The services that limits name, each with the problem that it is where no matrix has it.
    pub(super) fn named(limits: &[At<Self>], source: &Source<'_>) -> Vec<(String, Problem)> {
        let services = limits.iter().flat_map(|limit| &limit.value.services);
        let named = services.map(|service| {
            let (place, excerpt) = source.locate(service.mark);
            let message = format!(
                "no matrix is about `{}`, so that nothing is protected here",
                service.value
            );
            let (severity, rule) = (Severity::Error, UNKNOWN_SERVICE);
            let problem = Problem { place, severity, rule, message, hint: None, excerpt };
            (service.value.clone(), problem)
        });
        named.collect()
    }

    pub(super) fn limit(self) -> Limit {
        let Self { services, guilds, channels, roles } = self;
        Limit {
            services: services.into_iter().map(|service| service.value).collect(),
            guilds: ids(&guilds),
            channels: ids(&channels),
            roles: ids(&roles),
        }
    }
}

impl OperatorsFile {
    pub(super) fn operators(&self) -> Operators {
        let Self { users, roles, guilds } = self;
        Operators { users: ids(users), roles: ids(roles), guilds: ids(guilds) }
    }
}

/// Ids as platforms tell them.
pub(super) fn ids(numbers: &[u64]) -> Vec<String> {
    numbers.iter().map(u64::to_string).collect()
}

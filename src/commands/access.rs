//! Who may see what: decided by what the platform tells of who asks and where, and by nothing else.

use super::{Channel, Context};
use crate::domain::{Catalog, Service};

/// The most limits, so that a [`Sight`] holds them all.
pub const MAX_LIMITS: usize = 64;

/// What decides what somebody may see, by what the platform tells of them. By default somebody of
/// whom nothing is known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Viewer {
    /// Whether it is who owns the machine, at its own terminal, and so may read the files too.
    pub owner: bool,
    /// The id of the server they ask in; none in a direct message.
    pub guild: Option<String>,
    /// The ids of their roles in that server.
    pub roles: Vec<String>,
    /// Whether nobody but the user has brought the bot there.
    pub user_install: bool,
}

/// Whom an installation answers, and what it keeps from whom.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Access {
    /// The ids of the servers to answer in; everywhere when empty.
    pub guilds: Vec<String>,
    /// Whether a user may bring the bot to where no server has it.
    pub user_installs: bool,
    /// The services that not everybody may see, at most [`MAX_LIMITS`] rules. A service that
    /// several name is open to whom one of them lets in.
    pub limits: Vec<Limit>,
    /// Who may operate the bot from team chat.
    pub operators: Operators,
}

/// Services that only some may see. Of `guilds`, `channels` and `roles` each that is not empty must
/// hold for who asks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Limit {
    /// The ids of the services.
    pub services: Vec<String>,
    /// The ids of servers to be asked in.
    pub guilds: Vec<String>,
    /// The ids of channels to be asked in, or in a thread of them.
    pub channels: Vec<String>,
    /// The ids of roles to have one of.
    pub roles: Vec<String>,
}

/// Who may operate the bot from team chat; nobody when all are empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Operators {
    /// The ids of users.
    pub users: Vec<String>,
    /// The ids of roles.
    pub roles: Vec<String>,
    /// The ids of servers, all of whose members are operators there.
    pub guilds: Vec<String>,
}

/// Which limits let somebody in, a bit each; and one bit for what no limit opens.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sight(u128);

impl Viewer {
    /// Who owns the machine.
    #[must_use]
    pub fn owner() -> Self {
        Self { owner: true, ..Self::default() }
    }
}

impl Sight {
    /// Everything.
    pub const ALL: Self = Self(u128::MAX);

    /// What is for nobody but who sees everything.
    const SEALED: Self = Self(1 << MAX_LIMITS);

    /// What one limit alone lets see.
    #[must_use]
    pub fn of(limit: usize) -> Self {
        Self(1 << limit)
    }

    /// Both together.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether somebody who is let in by one of `limits` is.
    #[must_use]
    pub fn meets(self, limits: Self) -> bool {
        self.0 & limits.0 != 0
    }
}

impl Access {
    /// Whether this asker is answered at all.
    #[must_use]
    pub fn admits(&self, viewer: &Viewer) -> bool {
        let is_served = self.guilds.is_empty() || holds(&self.guilds, viewer.guild.as_ref());
        viewer.owner || (is_served && (self.user_installs || !viewer.user_install))
    }

    /// What this asker is let see beside what everybody sees.
    #[must_use]
    pub fn sight(&self, context: &Context) -> Sight {
        if context.viewer.owner {
            return Sight::ALL;
        }
        self.sight_with(context, &context.viewer.roles)
    }

    /// What everybody who reads along is let see where it is asked: whatever roles they have.
    #[must_use]
    pub fn sight_of_readers(&self, context: &Context) -> Sight {
        if context.viewer.owner { Sight::ALL } else { self.sight_with(context, &[]) }
    }

    fn sight_with(&self, context: &Context, roles: &[String]) -> Sight {
        let lets_in = |(bit, limit): (usize, &Limit)| {
            limit.lets_in(&context.viewer, context.channel.as_ref(), roles).then(|| Sight::of(bit))
        };
        let bits = self.limits.iter().take(MAX_LIMITS).enumerate().filter_map(lets_in);
        bits.fold(Sight::default(), Sight::and)
    }

    /// The limits that name a service, by its id or, since it is easily taken for that, its name;
    /// none when everybody may see it. A confidential one that no limit names is seen by nobody.
    #[must_use]
    pub fn limits_of(&self, service: &Service) -> Option<Sight> {
        let names = |limit: &Limit| limit.services.iter().any(|named| is(service, named));
        let limits = self.limits.iter().take(MAX_LIMITS).enumerate();
        let bits = limits.filter(|(_, limit)| names(limit)).map(|(bit, _)| Sight::of(bit));
        bits.reduce(Sight::and).or_else(|| service.confidential.then_some(Sight::SEALED))
    }

    /// The services of a catalog that nobody may see: confidential, and named by no limit.
    #[must_use]
    pub fn sealed<'a>(&self, catalog: &'a Catalog) -> Vec<&'a Service> {
        let services = catalog.matrices().iter().map(|matrix| &matrix.service);
        let mut sealed: Vec<&Service> =
            services.filter(|service| self.limits_of(service) == Some(Sight::SEALED)).collect();
        sealed.dedup_by_key(|service| &service.id);
        sealed
    }

    /// What the limits name that no matrix of a catalog is about: mistyped, it protects nothing.
    #[must_use]
    pub fn unknown<'a>(&'a self, catalog: &Catalog) -> Vec<&'a str> {
        let known = |named: &&str| catalog.matrices().iter().any(|m| is(&m.service, named));
        let named = self.limits.iter().flat_map(|limit| &limit.services).map(String::as_str);
        named.filter(|named| !known(named)).collect()
    }

    /// Whether the configuration names this very user as an operator.
    #[must_use]
    pub fn is_operator_in_person(&self, context: &Context) -> bool {
        holds(&self.operators.users, context.asker.as_ref().map(|asker| &asker.id))
    }

    /// Whether this asker may operate the bot.
    #[must_use]
    pub fn is_operator(&self, context: &Context) -> bool {
        let Operators { users: _, roles, guilds } = &self.operators;
        let viewer = &context.viewer;
        viewer.owner
            || self.is_operator_in_person(context)
            || holds(guilds, viewer.guild.as_ref())
            || viewer.roles.iter().any(|role| roles.contains(role))
    }
}

impl Operators {
    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.users.is_empty() && self.roles.is_empty() && self.guilds.is_empty()
    }
}

impl Limit {
    fn lets_in(&self, viewer: &Viewer, channel: Option<&Channel>, roles: &[String]) -> bool {
        let here = |channel: &Channel| {
            self.channels.contains(&channel.id) || holds(&self.channels, channel.parent.as_ref())
        };
        let conditions = [
            (&self.guilds, holds(&self.guilds, viewer.guild.as_ref())),
            (&self.channels, channel.is_some_and(here)),
            (&self.roles, roles.iter().any(|role| self.roles.contains(role))),
        ];
        // One without any condition would be no limit; it lets nobody in.
        conditions.iter().any(|(wanted, _)| !wanted.is_empty())
            && conditions.iter().all(|(wanted, met)| wanted.is_empty() || *met)
    }
}

fn is(service: &Service, named: &str) -> bool {
    [&service.id, &service.name].iter().any(|known| known.to_lowercase() == named.to_lowercase())
}

fn holds(list: &[String], id: Option<&String>) -> bool {
    id.is_some_and(|id| list.contains(id))
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::*;
    use crate::commands::{Asker, Language};

    fn service(id: &str) -> Service {
        Service {
            id: id.into(),
            name: format!("The {id}"),
            aliases: vec!["alias".into()],
            confidential: id == "secret",
        }
    }

    fn ids(ids: &[&str]) -> Vec<String> {
        ids.iter().map(|&id| id.to_owned()).collect()
    }

    /// Asked in server 1, in a thread of channel 20, by somebody with role 300.
    fn context() -> Context {
        Context {
            channel: Some(Channel { id: "21".into(), name: None, parent: Some("20".into()) }),
            asker: Some(Asker { id: "4000".into(), ..Asker::default() }),
            viewer: Viewer {
                guild: Some("1".into()),
                roles: ids(&["300", "301"]),
                ..Viewer::default()
            },
            ..Context::new(Language::English, date!(2026 - 11 - 25))
        }
    }

    #[test]
    fn a_limit_lets_in_whom_all_that_it_names_fits() {
        let fits = |guilds: &[&str], channels: &[&str], roles: &[&str]| {
            let limit = Limit {
                services: ids(&["x"]),
                guilds: ids(guilds),
                channels: ids(channels),
                roles: ids(roles),
            };
            let access = Access { limits: vec![limit], ..Access::default() };
            let sees =
                |sight: Sight| access.limits_of(&service("x")).is_some_and(|all| sight.meets(all));
            (sees(access.sight(&context())), sees(access.sight_of_readers(&context())))
        };
        for (guilds, channels, roles, expected) in [
            (&["1"][..], &[][..], &[][..], (true, true)),
            (&["2"], &[], &[], (false, false)),
            (&["2", "1"], &[], &[], (true, true)),
            (&[], &["21"], &[], (true, true)),
            (&[], &["20"], &[], (true, true)),
            (&[], &["22"], &[], (false, false)),
            (&[], &[], &["301"], (true, false)),
            (&[], &[], &["302"], (false, false)),
            (&["1"], &["20"], &["300"], (true, false)),
            (&["1"], &["20"], &["302"], (false, false)),
            (&["1"], &["22"], &["300"], (false, false)),
            (&[], &[], &[], (false, false)),
            // Ids of one kind are none of another.
            (&["300"], &[], &[], (false, false)),
            (&[], &["1"], &[], (false, false)),
            (&[], &[], &["4000"], (false, false)),
        ] {
            assert_eq!(
                fits(guilds, channels, roles),
                expected,
                "{guilds:?} {channels:?} {roles:?}"
            );
        }
    }

    #[test]
    fn a_service_that_several_limits_name_is_open_to_whom_one_lets_in() {
        let limit = |role: &str, service: &str| Limit {
            services: ids(&[service]),
            roles: ids(&[role]),
            ..Limit::default()
        };
        let limits = vec![limit("999", "x"), limit("300", "x"), limit("999", "y")];
        let access = Access { limits, ..Access::default() };
        let sight = access.sight(&context());
        let sees = |id| access.limits_of(&service(id)).is_none_or(|all| sight.meets(all));
        assert_eq!((sees("x"), sees("y"), sees("z")), (true, false, true));
        let owner = Context { viewer: Viewer::owner(), ..context() };
        assert!(access.limits_of(&service("y")).is_some_and(|all| access.sight(&owner).meets(all)));
        let nobody = Context { viewer: Viewer::default(), channel: None, ..context() };
        assert_eq!(access.sight(&nobody), Sight::default());
    }

    #[test]
    fn a_confidential_service_is_seen_by_nobody_whom_no_limit_lets_in() {
        let named = |service: &str| {
            let limit =
                Limit { services: ids(&[service]), roles: ids(&["300"]), ..Limit::default() };
            Access { limits: vec![limit; MAX_LIMITS], ..Access::default() }
        };
        let owner = Context { viewer: Viewer::owner(), ..context() };
        for (access, expected) in
            [(named("secret"), true), (named("secrte"), false), (Access::default(), false)]
        {
            let sees = |context: &Context| {
                let limits = access.limits_of(&service("secret")).expect("it is limited");
                access.sight(context).meets(limits)
            };
            assert_eq!(sees(&context()), expected);
            assert!(sees(&owner));
        }
    }

    #[test]
    fn a_service_is_named_by_its_id_or_its_name_in_any_case() {
        for (named, expected) in [
            ("x", true),
            ("X", true),
            ("the X", true),
            ("alias", false),
            ("xx", false),
            ("", false),
        ] {
            let limit = Limit { services: ids(&[named]), ..Limit::default() };
            let access = Access { limits: vec![limit], ..Access::default() };
            assert_eq!(access.limits_of(&service("x")).is_some(), expected, "{named}");
        }
    }

    #[test]
    fn only_the_servers_of_the_list_are_answered_and_user_installs_when_switched_on() {
        let viewer = |guild: Option<&str>, user_install| Viewer {
            guild: guild.map(str::to_owned),
            user_install,
            ..Viewer::default()
        };
        for (guilds, user_installs, viewer, expected) in [
            (&[][..], false, viewer(Some("1"), false), true),
            (&[], false, viewer(None, false), true),
            (&["1"], false, viewer(Some("1"), false), true),
            (&["1"], false, viewer(Some("2"), false), false),
            (&["1"], false, viewer(None, false), false),
            (&[], false, viewer(Some("1"), true), false),
            (&[], true, viewer(Some("1"), true), true),
            (&["1"], true, viewer(Some("2"), true), false),
            (&["1"], false, Viewer::owner(), true),
        ] {
            let access = Access { guilds: ids(guilds), user_installs, ..Access::default() };
            assert_eq!(access.admits(&viewer), expected, "{guilds:?} {user_installs} {viewer:?}");
        }
    }

    #[test]
    fn operators_are_named_by_user_role_or_server_and_there_is_none_by_default() {
        let operates = |users: &[&str], roles: &[&str], guilds: &[&str]| {
            let operators = Operators { users: ids(users), roles: ids(roles), guilds: ids(guilds) };
            Access { operators, ..Access::default() }.is_operator(&context())
        };
        assert!(operates(&["4000"], &[], &[]));
        assert!(operates(&[], &["1", "301"], &[]));
        assert!(operates(&[], &[], &["1"]));
        assert!(!operates(&["300"], &["4000"], &["2"]));
        assert!(!operates(&[], &[], &[]));
        let owner = Context { viewer: Viewer::owner(), ..context() };
        assert!(Access::default().is_operator(&owner));
    }
}

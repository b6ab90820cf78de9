//! The same activity in several services: one comparison, grouped by who does it.

use super::actions::{Subject, with_actions};
use super::answer::{self, audience};
use super::reply::{Choice, LineKind, Menu, Outcome, Reply};
use super::text::{Text, quote};
use super::{Command, Context, Sources, ask};
use crate::domain::{ActivityKey, ActivityRef, Party};

/// How many services of a group the first line names, where there are many groups or names.
const MAX_NAMED: usize = 4;
/// The longest first line that names every service, in characters: what a phone shows without
/// being scrolled.
const MAX_HEADLINE: usize = 240;

/// Services in which the same parties do it, and the same answer for it.
struct Group {
    doers: Vec<String>,
    owners: Vec<String>,
    /// A key for each row; a service may have several.
    keys: Vec<ActivityKey>,
}

/// Whether several services have an activity that means the same.
pub(super) fn is_in_several(sources: &Sources<'_>, key: ActivityKey, scope: &[u32]) -> bool {
    let kin = sources.index.kin(sources.catalog, key, scope);
    kin.iter().any(|other| other.matrix != key.matrix)
}

/// The comparison of an activity over the services of the scope that have it; `None` where there is
/// nothing to compare. `others` is what else may have been meant, best first.
pub(super) fn compare(
    sources: &Sources<'_>,
    key: ActivityKey,
    others: &[ActivityKey],
    scope: &[u32],
    context: &Context,
) -> Option<Reply> {
    let kin = sources.index.kin(sources.catalog, key, scope);
    if kin.iter().all(|other| other.matrix == key.matrix) {
        return None;
    }
    let comparison = Comparison::new(sources, key, kin, context);
    let others: Vec<ActivityKey> =
        others.iter().copied().filter(|other| !comparison.kin.contains(other)).collect();
    Some(comparison.reply(&others))
}

struct Comparison<'a> {
    sources: &'a Sources<'a>,
    context: &'a Context,
    key: ActivityKey,
    kin: Vec<ActivityKey>,
    groups: Vec<Group>,
    /// What the services are called here, by matrix.
    short: std::collections::BTreeMap<u32, String>,
}

impl<'a> Comparison<'a> {
    fn new(
        sources: &'a Sources<'a>,
        key: ActivityKey,
        kin: Vec<ActivityKey>,
        context: &'a Context,
    ) -> Self {
        let mut groups: Vec<Group> = Vec::new();
        for &row in &kin {
            let (doers, owners) = (doers(sources, row, context), owners(sources, row, context));
            let same = |group: &&mut Group| group.doers == doers && group.owners == owners;
            match groups.iter_mut().find(same) {
                Some(group) => group.keys.push(row),
                None => groups.push(Group { doers, owners, keys: vec![row] }),
            }
        }
        // The smallest first: what is different somewhere must not get lost at the end.
        groups.sort_by_key(|group| group.keys.len());
        let short = sources.short_names(&sources.scope(context));
        Self { sources, context, key, kin, groups, short }
    }

    fn reply(&self, others: &[ActivityKey]) -> Reply {
        let language = self.context.language;
        let id = &self.sources.catalog.at(self.key).activity.id;
        let mut reply = Reply::private(Outcome::Comparison, self.headline());
        reply.audience = audience(self.sources, self.context);
        reply.subject = Some(id.clone());
        for warning in self.warnings() {
            reply = reply.line(LineKind::Warning, warning);
        }
        for line in self.explanations() {
            reply = reply.line(LineKind::Remark, line);
        }
        for contact in self.contacts() {
            reply = reply.line(LineKind::Contact, contact);
        }
        reply = reply.line(LineKind::Provenance, self.provenance());
        let subject = Subject {
            id: id.as_str().to_owned(),
            tag: id.tag().to_owned(),
            others: ask::tags(self.sources, others),
            compared: true,
            comparable: true,
            shelf: None,
        };
        let mut reply = with_actions(reply, subject, self.context);
        let services = self.kin.iter().take(Menu::MAX).map(|&key| self.choice(key)).collect();
        reply.menus = vec![Menu { label: language.open_a_service().into(), choices: services }];
        let label = language.other_matches(others.len());
        reply.menus.extend(ask::menu(self.sources, others, None, label));
        reply
    }

    /// `Manage backups depends on the service → OVHcloud: KMS · Customer: Instances, Block Storage`.
    fn headline(&self) -> Text {
        let language = self.context.language;
        let name = &self.sources.catalog.at(self.key).activity.name;
        if let [group] = &self.groups[..] {
            let services = self.services(group);
            let who = self.who(group);
            return Text::strong(name)
                .and(" → ")
                .and_text(language.alike_in(who, services.len()))
                .and(listed(&services, services.len(), self))
                .and(".");
        }
        let whole = self.grouped(name, usize::MAX);
        if whole.to_plain().chars().count() <= MAX_HEADLINE {
            whole
        } else {
            self.grouped(name, MAX_NAMED)
        }
    }

    fn grouped(&self, name: &str, most: usize) -> Text {
        let start = self.context.language.depends_on_the_service(name);
        self.groups.iter().enumerate().fold(start, |text, (i, group)| {
            let text = if i == 0 { text } else { text.and(" · ") };
            text.and_text(self.label(group)).and(listed(&self.services(group), most, self))
        })
    }

    /// `Customer: `, or who does it and who answers for it where these differ.
    fn label(&self, group: &Group) -> Text {
        let language = self.context.language;
        let label = if group.doers.is_empty() {
            Text::strong(language.nobody())
        } else {
            language.list(&group.doers)
        };
        label.and(language.colon())
    }

    /// The services of a group, each once, by their short names.
    fn services(&self, group: &Group) -> Vec<String> {
        let mut matrices: Vec<u32> = group.keys.iter().map(|key| key.matrix).collect();
        matrices.dedup();
        matrices.into_iter().map(|matrix| self.short[&matrix].clone()).collect()
    }

    /// Who does it and who answers for it, in a sentence.
    fn who(&self, group: &Group) -> Text {
        let found = self.sources.catalog.at(group.keys[0]);
        let language = self.context.language;
        let scheme = found.matrix.scheme;
        let letter = |part| scheme.letter(part).unwrap_or('?');
        let (doer, owner) = (letter(scheme.doer()), letter(scheme.owner()));
        match (&group.doers[..], &group.owners[..]) {
            ([], []) => language.nobody_at_all(),
            ([], owners) => {
                language.nobody_does().and(", ").and_text(language.answers(owners, owner))
            }
            (doers, owners) if doers == owners => {
                language.does_and_answers(doers, &format!("{doer}, {owner}"))
            }
            (doers, []) => language.does(doers, doer),
            (doers, owners) => {
                language.does(doers, doer).and(", ").and_text(language.answers(owners, owner))
            }
        }
    }

    /// What the first line leaves out: the letters, and who answers for it where that is somebody
    /// else, or the services that it did not name.
    fn explanations(&self) -> Vec<Text> {
        if self.groups.len() == 1 {
            return Vec::new();
        }
        let simple = self.groups.iter().all(|group| group.doers == group.owners);
        let whole = self.grouped(&self.sources.catalog.at(self.key).activity.name, usize::MAX);
        let language = self.context.language;
        if simple && whole.to_plain().chars().count() <= MAX_HEADLINE {
            let scheme = self.sources.catalog.at(self.key).matrix.scheme;
            let letters = [scheme.doer(), scheme.owner()].map(|part| scheme.letter(part));
            let letters: Vec<String> = letters.into_iter().flatten().map(String::from).collect();
            return vec![language.named_do_and_answer(&letters.join(", "))];
        }
        let line = |group| {
            let services = self.services(group);
            let listed = listed(&services, services.len(), self);
            Text::default().and(listed).and(language.colon()).and_text(self.who(group))
        };
        self.groups.iter().map(line).collect()
    }

    /// What breaks the rules, each with the services that it stands in.
    fn warnings(&self) -> Vec<Text> {
        let language = self.context.language;
        let mut warnings = Vec::new();
        for group in &self.groups {
            let services = self.services(group);
            let scheme = self.sources.catalog.at(group.keys[0]).matrix.scheme;
            let missing = |part| language.missing_in(&services, language.participation(part));
            if group.owners.is_empty() {
                warnings.push(missing(scheme.owner()));
            } else if group.owners.len() > 1 {
                let name = scheme.id().to_uppercase();
                let owners = &group.owners;
                warnings.push(language.several_accountable_in(&services, owners, &name));
            }
            if group.doers.is_empty() {
                warnings.push(missing(scheme.doer()));
            }
        }
        let twice = self.in_several_groups();
        if !twice.is_empty() {
            warnings.push(language.says_more_than_one_thing(&twice));
        }
        warnings
    }

    /// The services of which different rows say different things.
    fn in_several_groups(&self) -> Vec<String> {
        let mut all: Vec<String> =
            self.groups.iter().flat_map(|group| self.services(group)).collect();
        all.sort();
        let doubled = all.windows(2).filter(|pair| pair[0] == pair[1]);
        let mut doubled: Vec<String> = doubled.map(|pair| pair[0].clone()).collect();
        doubled.dedup();
        doubled
    }

    /// How to reach everybody who does it or answers for it; with the services where that differs.
    fn contacts(&self) -> Vec<Text> {
        let mut lines: Vec<(String, Option<Text>, Vec<String>)> = Vec::new();
        for &key in self.groups.iter().flat_map(|group| &group.keys) {
            let service = &self.short[&key.matrix];
            let found = self.sources.catalog.at(key);
            for (party, contact) in answer::contacts(self.sources, found, self.context) {
                match lines.iter_mut().find(|line| line.0 == party && line.1 == contact) {
                    Some(line) if line.2.contains(service) => {}
                    Some(line) => line.2.push(service.clone()),
                    None => lines.push((party, contact, vec![service.clone()])),
                }
            }
        }
        let differs = |party: &str| lines.iter().filter(|line| line.0 == party).count() > 1;
        let name = |party: &String, services: &[String]| {
            if differs(party) {
                format!("{party} ({})", services.join(", "))
            } else {
                party.clone()
            }
        };
        let reach = |(party, contact, services): &(String, Option<Text>, Vec<String>)| {
            Some(self.context.language.reach(&name(party, services), contact.clone()?))
        };
        lines.iter().filter_map(reach).collect()
    }

    /// `4 services · oldest source dated 12 Oct 2023 (3 years ago)`.
    fn provenance(&self) -> Text {
        let language = self.context.language;
        let mut matrices: Vec<u32> = self.kin.iter().map(|key| key.matrix).collect();
        matrices.dedup();
        let dates = matrices.iter().map(|&index| self.sources.matrix(index).source.date);
        let age = match dates.min().flatten() {
            Some(date) => language.oldest(date, self.context.today),
            None => language.undated().to_owned(),
        };
        Text::plain(format!("{} · {age}", language.services(matrices.len())))
    }

    /// A service as a place to go: `KMS`, and who has which letters there.
    fn choice(&self, key: ActivityKey) -> Choice {
        let found = self.sources.catalog.at(key);
        let several = self.kin.iter().filter(|other| other.matrix == key.matrix).count() > 1;
        let section = found.matrix.section_of(found.activity).filter(|_| several);
        let label = match section {
            Some(section) => format!("{} › {}", self.short[&key.matrix], section.label()),
            None => self.short[&key.matrix].clone(),
        };
        let id = found.activity.id.as_str().to_owned();
        let detail = super::browse::cells(self.sources, key);
        Choice { label, detail, command: Command::Show { id, others: Vec::new() } }
    }
}

/// `Instances, Block Storage and 3 more`.
fn listed(services: &[String], most: usize, comparison: &Comparison<'_>) -> String {
    let shown: Vec<String> = services.iter().take(most).map(|name| quote(name)).collect();
    let more = services.len().saturating_sub(most);
    let shown = shown.join(", ");
    if more == 0 { shown } else { comparison.context.language.and_more(&shown, more) }
}

fn doers(sources: &Sources<'_>, key: ActivityKey, context: &Context) -> Vec<String> {
    named(sources, key, context, |found| found.matrix.scheme.doer())
}

fn owners(sources: &Sources<'_>, key: ActivityKey, context: &Context) -> Vec<String> {
    named(sources, key, context, |found| found.matrix.scheme.owner())
}

fn named(
    sources: &Sources<'_>,
    key: ActivityKey,
    context: &Context,
    part: impl Fn(ActivityRef<'_>) -> crate::domain::Participation,
) -> Vec<String> {
    let found = sources.catalog.at(key);
    let holders = found.matrix.holders(found.activity, part(found));
    let name = |party: &Party| answer::name(sources, party, context);
    let mut names: Vec<String> = holders.map(name).collect();
    names.sort();
    names
}

// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.worker;

import dev.chancery.cli.files.Content;
import dev.chancery.cli.office.Verification;
import dev.chancery.cli.office.VerificationOptions;
import dev.chancery.cli.places.Place;
import dev.chancery.cli.places.Places;
import dev.chancery.cli.publishing.Fetching;
import dev.chancery.cli.publishing.Judge;
import dev.chancery.cli.publishing.Missing;
import dev.chancery.cli.publishing.Published;
import dev.chancery.cli.publishing.Publishing;
import dev.chancery.cli.receipts.LogOption;
import dev.chancery.cli.receipts.Receipts;
import dev.chancery.cli.signing.Means;
import dev.chancery.cli.terminal.Terminal;
import dev.chancery.core.ArtifactName;
import dev.chancery.core.Bytes;
import dev.chancery.core.Digest;
import dev.chancery.core.RefusedException;
import dev.chancery.core.Signature;
import dev.chancery.core.UnavailableException;
import dev.chancery.enclave.libraries.Wiring;
import dev.chancery.files.FileCause;
import dev.chancery.files.InputFiles;
import dev.chancery.files.KeyringDirectory;
import dev.chancery.policy.PolicyRule;
import dev.chancery.policy.Requirement;
import dev.chancery.policy.VerificationPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What is done with one artifact.
final class Work {
    /// What it is done with.
    ///
    /// @param held throws when the lease was lost; asked between stages
    record Tools(Terminal terminal, Places places, Path spool, Means means, KeyringDirectory keyring, Runnable held) {}

    /// What came of it.
    ///
    /// @param files what lies at the destinations now, the artifact among them
    record Done(Digest sha256, Set<ArtifactName> files) {}

    private final WorkerConfiguration configuration;
    private final Tools tools;
    private final Stages stages;

    Work(WorkerConfiguration configuration, Tools tools, Stages stages) {
        this.configuration = configuration;
        this.tools = tools;
        this.stages = stages;
    }

    Done on(String place, ArtifactName artifact) {
        var plan = configuration.plan(place, artifact);
        var wiring = Wiring.ofLibraries();
        var keyring = tools.keyring();
        var judge = judge(policy(plan.route(), artifact), keyring, wiring);
        var from = new Places.Located(place(plan.from()), artifact);
        var destinations = new ArrayList<Place>();
        try (var fetching = new Fetching(from, tools.spool())) {
            plan.to().forEach(to -> destinations.add(destination(to)));
            stages.time("fetch", () -> {
                fetching.read(judge);
                destinations.forEach(to -> fetching.readSignatures(to, judge));
            });
            if (!plan.route().accepted().isEmpty()) {
                stages.time("verify", () -> accept(plan.route(), fetching.file(), keyring, wiring));
            }
            tools.held().run();
            stages.time("sign", () -> sign(plan.route(), fetching.file()));
            var answer = stages.time("verify", () -> verified(judge, fetching.file()));
            tools.held().run();
            var files = Publishing.files(fetching.file(), answer);
            stages.time("upload", () -> upload(destinations, files));
            var names = new LinkedHashSet<ArtifactName>();
            files.forEach(file -> names.add(file.name()));
            return new Done(files.getLast().digest(), names);
        } finally {
            destinations.forEach(Place::close);
        }
    }

    private Place place(WorkerConfiguration.PlaceText place) {
        return tools.places().place(place.text(), place.token());
    }

    /// A directory that an artifact's name or version stands in is made for the first of them.
    private Place destination(WorkerConfiguration.PlaceText to) {
        if (to.directory()) {
            try {
                Files.createDirectories(Path.of(to.text()));
            } catch (IOException e) {
                throw new UnavailableException(
                        "directory %s cannot be made: %s".formatted(to.text(), FileCause.of(e)), e);
            }
        }
        return place(to);
    }

    /// The route's policy, what held before, and in any case everybody who signs.
    private static VerificationPolicy policy(Route route, ArtifactName artifact) {
        var rules = new ArrayList<PolicyRule>();
        if (route.policy().isPresent() || !route.required().isEmpty()) {
            var demanded = VerificationOptions.policyOf(route.required(), route.policy());
            requireRule(demanded, artifact);
            rules.addAll(demanded.rules());
        }
        if (!route.accepted().isEmpty()) {
            rules.addAll(VerificationPolicy.requiring(route.accepted()).rules());
        }
        var signed = route.authorities().stream()
                .<Requirement>map(Requirement.Signed::new)
                .toList();
        rules.addAll(VerificationPolicy.requiring(signed).rules());
        return new VerificationPolicy(VerificationPolicy.COMMAND_LINE, "", rules);
    }

    /// A policy refuses what none of its rules is for; those that are added here are for everything.
    private static void requireRule(VerificationPolicy policy, ArtifactName artifact) {
        if (policy.rules().stream()
                .flatMap(rule -> rule.artifacts().stream())
                .noneMatch(pattern -> pattern.matches(artifact))) {
            throw new RefusedException("not-verified", "no rule of the route's policy is for %s".formatted(artifact));
        }
    }

    /// By receipts, too, where the configuration names a log.
    private Judge judge(VerificationPolicy policy, KeyringDirectory keyring, Wiring wiring) {
        var judge = Judge.of(tools.terminal(), policy, keyring, wiring);
        configuration
                .log()
                .map(LogOption::policy)
                .ifPresent(log -> judge.verification().demand(new Receipts(log).naming()));
        return judge;
    }

    private void accept(Route route, Path file, KeyringDirectory keyring, Wiring wiring) {
        var policy = VerificationPolicy.requiring(route.accepted());
        require(Judge.of(tools.terminal(), policy, keyring, wiring), file, "not-accepted");
    }

    private static Verification.Answer verified(Judge judge, Path file) {
        return require(judge, file, "not-verified");
    }

    private static Verification.Answer require(Judge judge, Path file, String rule) {
        var answer = judge.verification().verify(Content.file(file), List.of());
        if (!answer.accepted()) {
            var sentence = new StringBuilder(answer.outcome().judgement().sentence());
            Publishing.left(answer)
                    .forEach(bad -> sentence.append("; %s does not count: %s".formatted(bad.file(), bad.sentence())));
            throw new RefusedException(rule, sentence.toString());
        }
        return answer;
    }

    private void sign(Route route, Path file) {
        for (var signed : route.signed()) {
            new Missing(tools.terminal(), tools.means(), signed.choice(), signed.naming(), true)
                    .sign(Content.file(file), name -> beside(file.resolveSibling(name.text())));
        }
    }

    private static Optional<Bytes> beside(Path file) {
        return Files.exists(file)
                ? Optional.of(InputFiles.read("signature file", file, Signature.BYTES_MAX))
                : Optional.empty();
    }

    private static void upload(List<Place> destinations, List<Published> files) {
        for (var destination : destinations) {
            var publishing = new Publishing(destination);
            publishing.requireFree(files);
            publishing.publish(files, done -> {});
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.processes;

import dev.chancery.cli.command.Command;
import dev.chancery.cli.command.ExitStatus;
import dev.chancery.cli.terminal.Shown;
import dev.chancery.cli.terminal.Terminal;
import dev.chancery.core.Authority;
import dev.chancery.core.FormatName;
import dev.chancery.core.Requester;
import dev.chancery.enclave.doors.DoorPlan;
import dev.chancery.enclave.doors.Peers;
import dev.chancery.enclave.process.EnclaveConfiguration;
import dev.chancery.files.InputFiles;
import dev.chancery.json.Json;
import dev.chancery.policy.SigningRule;
import dev.chancery.policy.SigningRules;
import dev.chancery.protocol.SigningRequest;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// `chancery config check`.
public final class ConfigCheckCommand extends Command {
    private final Supplier<Path> file = pathArgument("FILE", "An enclave's configuration.");

    public ConfigCheckCommand(Terminal terminal) {
        super(
                terminal,
                "Reads an enclave's configuration and its rules as the enclave does, and tells what they mean.",
                "",
                "Keys are not opened and sockets not made, so whoever may read the two files can check them.");
    }

    @Override
    public Integer call() {
        Path path = file.get().toAbsolutePath();
        var configuration = EnclaveConfiguration.parse(
                InputFiles.read("configuration", path, Json.DOCUMENT_BYTES_MAX),
                Optional.ofNullable(path.getParent()).orElse(path));
        Path rulesFile = configuration.sources().rules();
        var rules = SigningRules.parse(InputFiles.read("rules file", rulesFile, Json.DOCUMENT_BYTES_MAX));
        requireUsers(configuration, rules);
        say(
                "rules",
                "%s, of which there are %d"
                        .formatted(Shown.plain(rulesFile), rules.rules().size()));
        for (var store : configuration.sources().keys()) {
            say("keys", Shown.plain(store.describe()));
        }
        configuration.sources().life().ifPresent(life -> say("life", Shown.plain(life)));
        var audit = configuration.audit();
        say("audit", Shown.plain(audit.file()) + (audit.copy() ? ", copied to standard output" : ""));
        var sealing = configuration.sealing();
        say(
                "sandbox",
                "%s; %s"
                        .formatted(
                                sealing.filter().label(),
                                sealing.mayBeMissing().isEmpty()
                                        ? "no part may be missing"
                                        : "may be missing: " + joined(sealing.mayBeMissing())));
        configuration.doors().forEach(door -> say(door, rules));
        rules.rules().forEach(this::say);
        return ExitStatus.DONE;
    }

    /// Every user that is named has to be on this machine.
    private static void requireUsers(EnclaveConfiguration configuration, SigningRules rules) {
        var named = new HashSet<Requester>(rules.requesters());
        for (var door : configuration.doors()) {
            if (door instanceof DoorPlan.RequestDoor requests) {
                named.addAll(requests.vouchers());
            }
        }
        Peers.of(named, FileSystems.getDefault());
    }

    private void say(DoorPlan door, SigningRules rules) {
        String socket = Shown.plain(door.socket());
        switch (door) {
            case DoorPlan.RequestDoor requests ->
                say(
                        "door",
                        socket + ": questions"
                                + (requests.vouchers().isEmpty()
                                        ? ""
                                        : "; may ask for others: " + joined(requests.vouchers())));
            case DoorPlan.StreamDoor stream ->
                say(
                        "%s: %s streams".formatted(socket, conversation(stream.greeting())),
                        new Signed(stream.signed().target(), stream.greeting()),
                        rules);
            case DoorPlan.SignstarDoor signstar ->
                say(
                        "%s: %s requests of Signstar".formatted(socket, conversation(signstar.greeting())),
                        new Signed(signstar.target(), signstar.greeting()),
                        rules);
        }
    }

    private record Signed(SigningRequest.Target target, DoorPlan.Greeting greeting) {}

    private static String conversation(DoorPlan.Greeting greeting) {
        return greeting.relayed() ? "relayed" : "plain";
    }

    private void say(String door, Signed signed, SigningRules rules) {
        var target = signed.target();
        say(
                "door",
                "%s, signed as %s (%s) under the name %s%s"
                        .formatted(
                                door,
                                target.authority(),
                                target.format(),
                                signed.greeting().name(),
                                signed.greeting().relayed() ? " if they bring none" : ""));
        if (users(rules, target.authority(), target.format()).isEmpty()) {
            say("", "no rule lets a user of this machine ask for that");
        }
    }

    private static List<Requester> users(SigningRules rules, Authority authority, FormatName format) {
        return rules.rules().stream()
                .filter(rule -> rule.authority().equals(authority)
                        && rule.scope().formats().contains(format))
                .flatMap(rule -> rule.requesters().stream())
                .filter(requester -> requester.text().startsWith("unix:"))
                .toList();
    }

    private void say(SigningRule rule) {
        var scope = rule.scope();
        var limits = scope.limits();
        say(
                "rule",
                "%s: %s may ask %s for %s of %s, at most %d bytes%s%s%s"
                        .formatted(
                                rule.name(),
                                joined(rule.requesters()),
                                rule.authority(),
                                joined(scope.formats()),
                                joined(scope.artifacts()),
                                scope.sizeBytesMax(),
                                limits.hours()
                                        .map(hours -> "; " + hours.words())
                                        .orElse(""),
                                limits.rate().map(rate -> "; " + rate.words()).orElse(""),
                                limits.batchMax()
                                        .map(most -> "; at most " + most + " at once")
                                        .orElse("")));
    }

    private static String joined(Collection<?> values) {
        return values.stream().map(Object::toString).sorted().collect(Collectors.joining(", "));
    }

    private void say(String what, String text) {
        terminal().out().println("%-8s %s".formatted(what, text));
    }
}

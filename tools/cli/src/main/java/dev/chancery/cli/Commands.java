// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli;

import dev.chancery.cli.authorities.AuthorityAddCommand;
import dev.chancery.cli.authorities.AuthorityListCommand;
import dev.chancery.cli.authorities.InitCommand;
import dev.chancery.cli.authorities.KeyringExportCommand;
import dev.chancery.cli.authorities.KeyringImportCommand;
import dev.chancery.cli.certificates.CertificateInstallCommand;
import dev.chancery.cli.certificates.CertificateRequestCommand;
import dev.chancery.cli.certificates.CertificateShowCommand;
import dev.chancery.cli.command.Command;
import dev.chancery.cli.images.ImageSignCommand;
import dev.chancery.cli.images.ImageVerifyCommand;
import dev.chancery.cli.keys.KeyAcceptCommand;
import dev.chancery.cli.keys.KeyCertifyCommand;
import dev.chancery.cli.keys.KeyCreateCommand;
import dev.chancery.cli.keys.KeyEscrowCommand;
import dev.chancery.cli.keys.KeyExtendCommand;
import dev.chancery.cli.keys.KeyListCommand;
import dev.chancery.cli.keys.KeyPlanCommand;
import dev.chancery.cli.keys.KeyPolicyCommand;
import dev.chancery.cli.keys.KeyRehearseCommand;
import dev.chancery.cli.keys.KeyRequestCertificationCommand;
import dev.chancery.cli.keys.KeyRevokeCommand;
import dev.chancery.cli.keys.KeyRotateCommand;
import dev.chancery.cli.keys.KeyShareCommand;
import dev.chancery.cli.keys.KeyShowCommand;
import dev.chancery.cli.keys.KeyUseCommand;
import dev.chancery.cli.packages.PackageBuildCommand;
import dev.chancery.cli.packages.PackageSignCommand;
import dev.chancery.cli.processes.ConfigCheckCommand;
import dev.chancery.cli.processes.EnclaveCommand;
import dev.chancery.cli.processes.RelayCommand;
import dev.chancery.cli.providers.ProviderAddCommand;
import dev.chancery.cli.providers.ProviderListCommand;
import dev.chancery.cli.publication.KeyringComposeCommand;
import dev.chancery.cli.publication.KeyringInstructionsCommand;
import dev.chancery.cli.publication.KeyringPublishCommand;
import dev.chancery.cli.publication.KeyringUpdateCommand;
import dev.chancery.cli.publishing.BundleCreateCommand;
import dev.chancery.cli.publishing.BundleVerifyCommand;
import dev.chancery.cli.publishing.FetchCommand;
import dev.chancery.cli.publishing.PublishCommand;
import dev.chancery.cli.publishing.SignAtCommand;
import dev.chancery.cli.records.AuditCompareCommand;
import dev.chancery.cli.records.AuditListCommand;
import dev.chancery.cli.records.AuditVerifyCommand;
import dev.chancery.cli.records.LogMonitorCommand;
import dev.chancery.cli.records.LogVerifyCommand;
import dev.chancery.cli.resigning.KeyResignCommand;
import dev.chancery.cli.serving.BackupCommand;
import dev.chancery.cli.serving.RestoreCommand;
import dev.chancery.cli.serving.ServeCommand;
import dev.chancery.cli.serving.TokenAddCommand;
import dev.chancery.cli.serving.TokenListCommand;
import dev.chancery.cli.serving.TokenRevokeCommand;
import dev.chancery.cli.serving.WitnessCommand;
import dev.chancery.cli.signatures.AttestCommand;
import dev.chancery.cli.signatures.SignCommand;
import dev.chancery.cli.signatures.VerifyCommand;
import dev.chancery.cli.tags.TagCreateCommand;
import dev.chancery.cli.tags.TagListCommand;
import dev.chancery.cli.tags.TagShowCommand;
import dev.chancery.cli.tags.TagSignCommand;
import dev.chancery.cli.terminal.Terminal;
import dev.chancery.cli.worker.JobListCommand;
import dev.chancery.cli.worker.JobRetryCommand;
import dev.chancery.cli.worker.JobSubmitCommand;
import dev.chancery.cli.worker.WorkerCommand;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import picocli.CommandLine;

/// The table of all commands. A command is built when it is asked for; the whole tree only for help, completion
/// and man pages.
final class Commands {
    private static final Map<String, Function<Terminal, Command>> LEAVES = leaves();

    private static final Map<String, String> GROUPS = Map.ofEntries(
            Map.entry("audit", "What the engine decided, line by line, each bound to the one before."),
            Map.entry("authority", "Makes and lists authorities and their keys."),
            Map.entry("bundle", "One file of artifacts and all that verifies them, for places without a network."),
            Map.entry("certificate", "Certificates of cms keys that a certificate authority issues."),
            Map.entry("config", "What an enclave is told."),
            Map.entry("image", "Container images in OCI registries."),
            Map.entry("job", "Orders for workers, in a server's queue."),
            Map.entry("key", "The life of OpenPGP keys: cycles, certifications, extension, rotation, revocation."),
            Map.entry("keyring", "Gives out the public keys of the authorities, and takes in those of others."),
            Map.entry("log", "The transparency log: whatever was signed, for everybody to see."),
            Map.entry("package", "Packages out of directories, signed as package registries want it."),
            Map.entry(
                    "provider", "Tokens (PKCS #11) and Vaults that hold keys, beside the files that every office has."),
            Map.entry("token", "Tokens by which programs ask a server."),
            Map.entry(
                    "tag",
                    "Short texts under a name that several authorities sign: who built what, and who let it pass."));

    private Commands() {}

    private static Map<String, Function<Terminal, Command>> leaves() {
        var leaves = new LinkedHashMap<String, Function<Terminal, Command>>();
        leaves.put("demo", DemoCommand::new);
        leaves.put("init", InitCommand::new);
        leaves.put("authority add", AuthorityAddCommand::new);
        leaves.put("authority list", AuthorityListCommand::new);
        leaves.put("provider add", ProviderAddCommand::new);
        leaves.put("provider list", ProviderListCommand::new);
        leaves.put("certificate request", CertificateRequestCommand::new);
        leaves.put("certificate install", CertificateInstallCommand::new);
        leaves.put("certificate show", CertificateShowCommand::new);
        putKeyLeaves(leaves);
        leaves.put("sign", SignCommand::new);
        leaves.put("attest", AttestCommand::new);
        leaves.put("verify", VerifyCommand::new);
        leaves.put("package build", PackageBuildCommand::new);
        leaves.put("package sign", PackageSignCommand::new);
        leaves.put("publish", PublishCommand::new);
        leaves.put("fetch", FetchCommand::new);
        leaves.put("sign-at", SignAtCommand::new);
        leaves.put("bundle create", BundleCreateCommand::new);
        leaves.put("bundle verify", BundleVerifyCommand::verifying);
        leaves.put("bundle unpack", BundleVerifyCommand::unpacking);
        leaves.put("image sign", ImageSignCommand::new);
        leaves.put("image verify", ImageVerifyCommand::new);
        leaves.put("worker", WorkerCommand::new);
        leaves.put("job submit", JobSubmitCommand::new);
        leaves.put("job list", JobListCommand::new);
        leaves.put("job retry", JobRetryCommand::new);
        leaves.put("tag create", TagCreateCommand::new);
        leaves.put("tag sign", TagSignCommand::new);
        leaves.put("tag show", TagShowCommand::new);
        leaves.put("tag list", TagListCommand::new);
        leaves.put("keyring export", KeyringExportCommand::new);
        leaves.put("keyring import", KeyringImportCommand::new);
        leaves.put("keyring instructions", KeyringInstructionsCommand::new);
        leaves.put("keyring compose", KeyringComposeCommand::new);
        leaves.put("keyring update", KeyringUpdateCommand::new);
        leaves.put("keyring publish", KeyringPublishCommand::new);
        leaves.put("audit verify", AuditVerifyCommand::new);
        leaves.put("audit list", AuditListCommand::new);
        leaves.put("audit compare", AuditCompareCommand::new);
        leaves.put("log verify", LogVerifyCommand::new);
        leaves.put("log monitor", LogMonitorCommand::new);
        leaves.put("serve", terminal -> new ServeCommand(terminal, words -> run(terminal, words)));
        leaves.put("token add", TokenAddCommand::new);
        leaves.put("token list", TokenListCommand::new);
        leaves.put("token revoke", TokenRevokeCommand::new);
        leaves.put("backup", BackupCommand::new);
        leaves.put("restore", RestoreCommand::new);
        leaves.put("witness", WitnessCommand::new);
        leaves.put("enclave", EnclaveCommand::new);
        leaves.put("relay", RelayCommand::new);
        leaves.put("config check", ConfigCheckCommand::new);
        leaves.put("completion", CompletionCommand::new);
        leaves.put("man", ManCommand::new);
        return leaves;
    }

    private static void putKeyLeaves(Map<String, Function<Terminal, Command>> leaves) {
        leaves.put("key create", KeyCreateCommand::new);
        leaves.put("key plan", KeyPlanCommand::new);
        leaves.put("key policy", KeyPolicyCommand::new);
        leaves.put("key request-certification", KeyRequestCertificationCommand::new);
        leaves.put("key certify", KeyCertifyCommand::new);
        leaves.put("key accept", KeyAcceptCommand::new);
        leaves.put("key publish", KeyUseCommand::publish);
        leaves.put("key activate", KeyUseCommand::activate);
        leaves.put("key retire", KeyUseCommand::retire);
        leaves.put("key rotate", KeyRotateCommand::new);
        leaves.put("key list", KeyListCommand::new);
        leaves.put("key show", KeyShowCommand::new);
        leaves.put("key extend", KeyExtendCommand::new);
        leaves.put("key revoke", KeyRevokeCommand::new);
        leaves.put("key escrow", KeyEscrowCommand::new);
        leaves.put("key share", KeyShareCommand::new);
        leaves.put("key resign", KeyResignCommand::new);
        leaves.put("key rehearse", terminal -> new KeyRehearseCommand(terminal, Commands::run));
    }

    private static int run(Terminal terminal, List<String> words) {
        return Main.run(terminal, words.toArray(String[]::new));
    }

    /// Whether a command begins with this word.
    static boolean isCommand(String word) {
        return GROUPS.containsKey(word) || LEAVES.containsKey(word);
    }

    /// A command line, and how many of the first words led to it.
    record Found(CommandLine line, int words) {}

    static Found find(Terminal terminal, String... arguments) {
        for (int words = Math.min(2, arguments.length); words > 0; words--) {
            String name = String.join(" ", Arrays.copyOf(arguments, words));
            var leaf = LEAVES.get(name);
            if (leaf != null) {
                var line =
                        new CommandLine(leaf.apply(terminal).spec(), Command.LISTS).setCommandName("chancery " + name);
                return new Found(line, words);
            }
        }
        return new Found(tree(terminal), 0);
    }

    /// The whole command with all its subcommands.
    static CommandLine tree(Terminal terminal) {
        var root = new CommandLine(ChanceryCommand.spec(), Command.LISTS);
        LEAVES.forEach((name, leaf) -> {
            String[] words = name.split(" ", -1);
            CommandLine parent = words.length == 1 ? root : group(root, words[0]);
            parent.addSubcommand(words[words.length - 1], leaf.apply(terminal).spec());
        });
        return root;
    }

    private static CommandLine group(CommandLine root, String name) {
        if (!root.getSubcommands().containsKey(name)) {
            root.addSubcommand(name, ChanceryCommand.group(name, GROUPS.getOrDefault(name, "")));
        }
        return Objects.requireNonNull(root.getSubcommands().get(name));
    }
}

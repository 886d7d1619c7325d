// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.verification;

import dev.chancery.core.MalformedException;
import dev.chancery.core.Quoted;
import dev.chancery.files.InputFiles;
import dev.chancery.json.Json;
import dev.chancery.policy.Label;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The policies of a server, as they were when it started: see the package comment.
public final class PolicyFolder {
    /// Policies in one folder.
    static final int POLICIES_MAX = 256;
    /// Bytes of all policies together.
    static final int BYTES_MAX = 4 << 20;

    /// No policies at all.
    public static final PolicyFolder NONE = new PolicyFolder(Map.of());

    private static final String SUFFIX = ".json";

    private final Map<String, NamedPolicy> policies;

    private PolicyFolder(Map<String, NamedPolicy> policies) {
        this.policies = Collections.unmodifiableMap(new TreeMap<>(policies));
    }

    /// Reads every policy. Throws `MalformedException` when a file is wrong or there are too many, and
    /// `UnavailableException` when the folder cannot be read.
    public static PolicyFolder read(Path folder) {
        var policies = new TreeMap<String, NamedPolicy>();
        long bytes = 0;
        for (Path file : files(folder)) {
            var policy = parse(file);
            bytes += policy.file().length();
            policies.put(policy.name().text(), policy);
        }
        if (policies.size() > POLICIES_MAX || bytes > BYTES_MAX) {
            throw new MalformedException("folder %s has %d policies of %d bytes, more than %d of %d"
                    .formatted(folder, policies.size(), bytes, POLICIES_MAX, BYTES_MAX));
        }
        return new PolicyFolder(policies);
    }

    private static List<Path> files(Path folder) {
        var files = new ArrayList<Path>();
        try (var entries = Files.newDirectoryStream(folder, "[!.]*" + SUFFIX)) {
            entries.forEach(files::add);
        } catch (IOException e) {
            throw InputFiles.unreadable("policies", folder, e);
        }
        return files;
    }

    private static NamedPolicy parse(Path file) {
        try {
            var policy = NamedPolicy.parse(InputFiles.read("policy", file, Json.DOCUMENT_BYTES_MAX));
            if (!file.endsWith(policy.name() + SUFFIX)) {
                throw new MalformedException("its name is %s, so the file has to be %s%s"
                        .formatted(Quoted.text(policy.name().text()), policy.name(), SUFFIX));
            }
            return policy;
        } catch (MalformedException e) {
            throw new MalformedException("policy file %s: %s".formatted(file, e.sentence()), e);
        }
    }

    /// All of them, by name.
    public Collection<NamedPolicy> all() {
        return policies.values();
    }

    public Optional<NamedPolicy> get(Label name) {
        return Optional.ofNullable(policies.get(name.text()));
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.signing;

import dev.chancery.cli.office.Office;
import dev.chancery.core.Authority;
import dev.chancery.core.FormatName;
import dev.chancery.core.RefusedException;
import dev.chancery.enclave.Asker;
import dev.chancery.enclave.Engine;
import dev.chancery.hashing.Salt;
import dev.chancery.key.Key;
import dev.chancery.protocol.SigningRequest;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The local office's engine, in this process.
final class LocalSigner implements Signer {
    private final Office office;
    private final Engine engine;

    LocalSigner(Office office) {
        this.office = office;
        this.engine = office.engine();
    }

    @Override
    public Manner manner() {
        return new Manner(1, Set.of(), false);
    }

    @Override
    public List<FormatName> formats(Authority authority) {
        var formats = office.signingFormats(authority);
        if (formats.isEmpty()) {
            throw new RefusedException("no-key", "there is no authority %s in this office".formatted(authority));
        }
        return formats;
    }

    @Override
    public Key key(SigningRequest.Target target) {
        return engine.choose(target);
    }

    @Override
    public Salt salt(SigningRequest.Target target) {
        return engine.salt(new Asker(office.requester()), target, new SecureRandom());
    }

    @Override
    public List<Result> sign(List<SigningRequest> requests) {
        var results = new ArrayList<Result>();
        for (var request : requests) {
            results.add(new Result.Done(engine.sign(office.requester(), request), Optional.empty()));
        }
        return results;
    }

    @Override
    public void close() {
        // It ends with this process.
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.witness;

import dev.chancery.log.WitnessDecision;
import dev.chancery.note.NoteSignature;
import java.util.Optional;

/// What a witness answers: its decision, and with `Cosign` the cosignature, of which the state is durable.
public record Reply(WitnessDecision decision, Optional<NoteSignature> cosignature) {}

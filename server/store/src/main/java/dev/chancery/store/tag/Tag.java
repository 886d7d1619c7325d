// SPDX-License-Identifier: Apache-2.0
package dev.chancery.store.tag;

import dev.chancery.core.ArtifactName;
import dev.chancery.core.Bytes;
import java.time.Instant;

/// The payload of a tag, and when it was created.
public record Tag(ArtifactName name, Bytes payload, Instant created) {}

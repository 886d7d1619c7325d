// SPDX-License-Identifier: Apache-2.0

// Package awskms seals with no key of a cloud.
package awskms

import wrapping "github.com/hashicorp/go-kms-wrapping/v2"

const (
	EnvVaultAwsKmsSealKeyId = "ABSENT_AWSKMS_EnvVaultAwsKmsSealKeyId"
	EnvAwsKmsWrapperKeyId   = "ABSENT_AWSKMS_EnvAwsKmsWrapperKeyId"
)

type Wrapper struct{ wrapping.Wrapper }

func NewWrapper() *Wrapper { return &Wrapper{} }

func WithDisallowEnvVars(bool) wrapping.Option { return nil }

func WithLogger(any) wrapping.Option { return nil }

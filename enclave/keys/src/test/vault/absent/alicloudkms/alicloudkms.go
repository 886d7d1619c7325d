// SPDX-License-Identifier: Apache-2.0

// Package alicloudkms seals with no key of a cloud.
package alicloudkms

import wrapping "github.com/hashicorp/go-kms-wrapping/v2"

const (
	EnvVaultAliCloudKmsSealKeyId = "ABSENT_ALICLOUDKMS_EnvVaultAliCloudKmsSealKeyId"
	EnvAliCloudKmsWrapperKeyId   = "ABSENT_ALICLOUDKMS_EnvAliCloudKmsWrapperKeyId"
)

type Wrapper struct{ wrapping.Wrapper }

func NewWrapper() *Wrapper { return &Wrapper{} }

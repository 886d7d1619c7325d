// SPDX-License-Identifier: Apache-2.0

// Package ocikms seals with no key of a cloud.
package ocikms

import wrapping "github.com/hashicorp/go-kms-wrapping/v2"

const (
	EnvOciKmsWrapperCryptoEndpoint       = "ABSENT_OCIKMS_EnvOciKmsWrapperCryptoEndpoint"
	EnvVaultOciKmsSealCryptoEndpoint     = "ABSENT_OCIKMS_EnvVaultOciKmsSealCryptoEndpoint"
	EnvOciKmsWrapperKeyId                = "ABSENT_OCIKMS_EnvOciKmsWrapperKeyId"
	EnvVaultOciKmsSealKeyId              = "ABSENT_OCIKMS_EnvVaultOciKmsSealKeyId"
	EnvOciKmsWrapperManagementEndpoint   = "ABSENT_OCIKMS_EnvOciKmsWrapperManagementEndpoint"
	EnvVaultOciKmsSealManagementEndpoint = "ABSENT_OCIKMS_EnvVaultOciKmsSealManagementEndpoint"
	KmsConfigKeyId                       = "ABSENT_OCIKMS_KmsConfigKeyId"
	KmsConfigCryptoEndpoint              = "ABSENT_OCIKMS_KmsConfigCryptoEndpoint"
	KmsConfigManagementEndpoint          = "ABSENT_OCIKMS_KmsConfigManagementEndpoint"
)

type Wrapper struct{ wrapping.Wrapper }

func NewWrapper() *Wrapper { return &Wrapper{} }

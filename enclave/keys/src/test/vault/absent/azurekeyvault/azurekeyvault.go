// SPDX-License-Identifier: Apache-2.0

// Package azurekeyvault seals with no key of a cloud.
package azurekeyvault

import wrapping "github.com/hashicorp/go-kms-wrapping/v2"

const (
	EnvAzureKeyVaultWrapperKeyName   = "ABSENT_AZUREKEYVAULT_EnvAzureKeyVaultWrapperKeyName"
	EnvVaultAzureKeyVaultKeyName     = "ABSENT_AZUREKEYVAULT_EnvVaultAzureKeyVaultKeyName"
	EnvAzureKeyVaultWrapperVaultName = "ABSENT_AZUREKEYVAULT_EnvAzureKeyVaultWrapperVaultName"
	EnvVaultAzureKeyVaultVaultName   = "ABSENT_AZUREKEYVAULT_EnvVaultAzureKeyVaultVaultName"
)

type Wrapper struct{ wrapping.Wrapper }

func NewWrapper() *Wrapper { return &Wrapper{} }

func WithDisallowEnvVars(bool) wrapping.Option { return nil }

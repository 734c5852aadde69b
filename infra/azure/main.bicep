// The pipeline on Azure: a premium Functions plan with the container image, storage, Postgres, Key Vault, alerts. Managed identity everywhere; no secret in a setting.
// Compiled and linted by ./test; never deployed. See ../README.md for the order of steps.

targetScope = 'resourceGroup'

@description('Such as test or prod; part of every name.')
@minLength(2)
@maxLength(8)
param environment string

param location string = resourceGroup().location

@description('Image made from infra/container/Dockerfile.functions, such as registry.azurecr.io/docpipeline-functions:1.0.0.')
param image string

@description('Name of the container registry that holds the image, in this resource group.')
param registryName string

@description('True: Postgres, storage and vault are reached through a private network only.')
param isPrivate bool = true

@description('Entra group that administers Postgres: its object id and its name.')
param databaseAdministratorId string
param databaseAdministratorName string

@description('Receives alerts.')
param alertEmail string

@description('Limit of the budget a month, in the currency of the subscription.')
param monthlyBudget int

@description('First day of the month in which the budget begins, such as 2027-01-01.')
param budgetStart string

@description('vCPUs of one worker are those of the plan: EP1 1, EP2 2, EP3 4.')
@allowed(['EP1', 'EP2', 'EP3'])
param planSize string = 'EP2'

@minValue(1)
param minimumWorkers int = 1

@maxValue(100)
param maximumWorkers int = 10

param postgresSku string = 'Standard_D2ds_v5'
param postgresStorageGB int = 128

@description('True: makes an account for Document Intelligence and lets the workers use it.')
param hasDocumentIntelligence bool = false

var name = 'docpipeline-${environment}'
var unique = uniqueString(resourceGroup().id)
var container = 'claims'
var zones = ['blob', 'queue', 'table']
var roles = {
  blobOwner: 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b'
  queueContributor: '974c5e8b-45b9-4653-ba55-5f855dd0fb88'
  tableContributor: '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3'
  blobContributor: 'ba92f5b4-2d11-453d-a403-e96b0029c9fe'
  vaultSecretsUser: '4633458b-17de-408a-b874-0445c86b69e6'
  registryPull: '7f951dda-4ed3-4680-a7ca-43fe172d538d'
  cognitiveUser: 'a97b65f3-24c7-4388-baec-2e87135dc908'
}

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: name
  location: location
}

// Logs

resource workspace 'Microsoft.OperationalInsights/workspaces@2023-09-01' = {
  name: name
  location: location
  properties: {
    sku: { name: 'PerGB2018' }
    retentionInDays: 90
  }
}

resource insights 'Microsoft.Insights/components@2020-02-02' = {
  name: name
  location: location
  kind: 'web'
  properties: {
    Application_Type: 'web'
    WorkspaceResourceId: workspace.id
    DisableLocalAuth: false
  }
}

// Network

resource network 'Microsoft.Network/virtualNetworks@2024-01-01' = {
  name: name
  location: location
  properties: {
    addressSpace: { addressPrefixes: ['10.40.0.0/16'] }
    subnets: [
      {
        name: 'workers'
        properties: {
          addressPrefix: '10.40.0.0/24'
          delegations: [{ name: 'plan', properties: { serviceName: 'Microsoft.Web/serverFarms' } }]
        }
      }
      {
        name: 'database'
        properties: {
          addressPrefix: '10.40.1.0/24'
          delegations: [{ name: 'postgres', properties: { serviceName: 'Microsoft.DBforPostgreSQL/flexibleServers' } }]
        }
      }
      {
        name: 'endpoints'
        properties: { addressPrefix: '10.40.2.0/24' }
      }
    ]
  }

  resource workers 'subnets' existing = { name: 'workers' }
  resource database 'subnets' existing = { name: 'database' }
  resource endpoints 'subnets' existing = { name: 'endpoints' }
}

resource databaseZone 'Microsoft.Network/privateDnsZones@2020-06-01' = if (isPrivate) {
  name: '${name}.private.postgres.database.azure.com'
  location: 'global'

  resource link 'virtualNetworkLinks' = {
    name: 'network'
    location: 'global'
    properties: { registrationEnabled: false, virtualNetwork: { id: network.id } }
  }
}

resource storageZones 'Microsoft.Network/privateDnsZones@2020-06-01' = [for zone in zones: if (isPrivate) {
  name: 'privatelink.${zone}.${az.environment().suffixes.storage}'
  location: 'global'
}]

resource storageZoneLinks 'Microsoft.Network/privateDnsZones/virtualNetworkLinks@2020-06-01' = [for (zone, i) in zones: if (isPrivate) {
  parent: storageZones[i]
  name: 'network'
  location: 'global'
  properties: { registrationEnabled: false, virtualNetwork: { id: network.id } }
}]

resource storageEndpoints 'Microsoft.Network/privateEndpoints@2024-01-01' = [for zone in zones: if (isPrivate) {
  name: '${name}-${zone}'
  location: location
  properties: {
    subnet: { id: network::endpoints.id }
    privateLinkServiceConnections: [{ name: zone, properties: { privateLinkServiceId: storage.id, groupIds: [zone] } }]
  }
}]

resource storageEndpointZones 'Microsoft.Network/privateEndpoints/privateDnsZoneGroups@2024-01-01' = [for (zone, i) in zones: if (isPrivate) {
  parent: storageEndpoints[i]
  name: 'default'
  properties: { privateDnsZoneConfigs: [{ name: zone, properties: { privateDnsZoneId: storageZones[i].id } }] }
}]

// Storage: documents that come in, the task hub, originals and what is read from them

resource storage 'Microsoft.Storage/storageAccounts@2023-05-01' = {
  name: take('docpipeline${environment}${unique}', 24)
  location: location
  sku: { name: 'Standard_ZRS' }
  kind: 'StorageV2'
  properties: {
    allowBlobPublicAccess: false
    allowSharedKeyAccess: false
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
    // Event Grid reads its dead letters' container as a trusted service.
    networkAcls: { defaultAction: isPrivate ? 'Deny' : 'Allow', bypass: 'AzureServices' }
  }

  resource blobs 'blobServices' = {
    name: 'default'
    properties: {
      deleteRetentionPolicy: { enabled: true, days: 30 }
      containerDeleteRetentionPolicy: { enabled: true, days: 30 }
      isVersioningEnabled: true
    }

    resource documents 'containers' = { name: container }
    resource undelivered 'containers' = { name: 'undelivered-events' }
    resource originals 'containers' = { name: 'originals' }
  }
}

// Event Grid: the subscription itself is made after the first deployment of the functions, because it needs their key. See ../README.md.

resource topic 'Microsoft.EventGrid/systemTopics@2022-06-15' = {
  name: name
  location: location
  identity: { type: 'SystemAssigned' }
  properties: { source: storage.id, topicType: 'Microsoft.Storage.StorageAccounts' }
}

resource topicWritesDeadLetters 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(storage.id, topic.id, roles.blobContributor)
  scope: storage::blobs::undelivered
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.blobContributor)
    principalId: topic.identity.principalId
    principalType: 'ServicePrincipal'
  }
}

// Postgres

resource postgres 'Microsoft.DBforPostgreSQL/flexibleServers@2024-08-01' = {
  name: '${name}-${unique}'
  location: location
  sku: { name: postgresSku, tier: 'GeneralPurpose' }
  properties: {
    version: '16'
    storage: { storageSizeGB: postgresStorageGB, autoGrow: 'Enabled' }
    backup: { backupRetentionDays: 35, geoRedundantBackup: 'Enabled' }
    highAvailability: { mode: 'ZoneRedundant' }
    authConfig: { activeDirectoryAuth: 'Enabled', passwordAuth: 'Enabled', tenantId: subscription().tenantId }
    network: isPrivate
      ? { delegatedSubnetResourceId: network::database.id, privateDnsZoneArmResourceId: databaseZone.id, publicNetworkAccess: 'Disabled' }
      : { publicNetworkAccess: 'Enabled' }
  }
  dependsOn: isPrivate ? [databaseZone::link] : []

  resource administrator 'administrators' = {
    name: databaseAdministratorId
    properties: { principalName: databaseAdministratorName, principalType: 'Group', tenantId: subscription().tenantId }
  }

  // Searches of claims use it; without it they read every claim.
  resource extensions 'configurations' = {
    name: 'azure.extensions'
    properties: { value: 'PG_TRGM', source: 'user-override' }
  }
}

// Key Vault: one secret, docpipeline-database, which a person sets once after infra/postgres/roles.sql has run

resource vault 'Microsoft.KeyVault/vaults@2023-07-01' = {
  name: take('dp${environment}${unique}', 24)
  location: location
  properties: {
    sku: { family: 'A', name: 'standard' }
    tenantId: subscription().tenantId
    enableRbacAuthorization: true
    enablePurgeProtection: true
    softDeleteRetentionInDays: 90
  }
}

// Workers

resource plan 'Microsoft.Web/serverfarms@2023-12-01' = {
  name: name
  location: location
  kind: 'elastic'
  sku: { name: planSize, tier: 'ElasticPremium', capacity: minimumWorkers }
  properties: { reserved: true, maximumElasticWorkerCount: maximumWorkers }
}

resource functions 'Microsoft.Web/sites@2023-12-01' = {
  name: '${name}-${unique}'
  location: location
  kind: 'functionapp,linux,container'
  identity: { type: 'UserAssigned', userAssignedIdentities: { '${identity.id}': {} } }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    keyVaultReferenceIdentity: identity.id
    virtualNetworkSubnetId: network::workers.id
    vnetRouteAllEnabled: true
    siteConfig: {
      linuxFxVersion: 'DOCKER|${image}'
      acrUseManagedIdentityCreds: true
      acrUserManagedIdentityID: identity.properties.clientId
      minTlsVersion: '1.2'
      ftpsState: 'Disabled'
      healthCheckPath: '/api/health'
      minimumElasticInstanceCount: minimumWorkers
      functionAppScaleLimit: maximumWorkers
      functionsRuntimeScaleMonitoringEnabled: true
    }
  }

  resource settings 'config' = {
    name: 'appsettings'
    properties: {
      FUNCTIONS_EXTENSION_VERSION: '~4'
      FUNCTIONS_WORKER_RUNTIME: 'dotnet-isolated'
      AzureWebJobsStorage__accountName: storage.name
      AzureWebJobsStorage__credential: 'managedidentity'
      AzureWebJobsStorage__clientId: identity.properties.clientId
      APPLICATIONINSIGHTS_CONNECTION_STRING: insights.properties.ConnectionString
      DOCPIPELINE_STORAGE__blobServiceUri: storage.properties.primaryEndpoints.blob
      DOCPIPELINE_STORAGE__queueServiceUri: storage.properties.primaryEndpoints.queue
      DOCPIPELINE_STORAGE__credential: 'managedidentity'
      DOCPIPELINE_STORAGE__clientId: identity.properties.clientId
      DOCPIPELINE_CONTAINER: container
      DOCPIPELINE_RECONCILE_CRON: '0 */5 * * * *'
      DOCPIPELINE_DATABASE: '@Microsoft.KeyVault(SecretUri=${vault.properties.vaultUri}secrets/docpipeline-database)'
      DOCPIPELINE_BLOBS: '${storage.properties.primaryEndpoints.blob}${storage::blobs::originals.name}'
      // Whoever signs in by default takes this identity: blobs, and the container that is listed.
      AZURE_CLIENT_ID: identity.properties.clientId
      DOCPIPELINE_MAX_FILE_MB: '100'
      DOCPIPELINE_OCR_WORKERS: '0'
      DOCPIPELINE_STUCK_MINUTES: '15'
      OMP_THREAD_LIMIT: '1'
    }
    dependsOn: [identityOnStorage, identityOnVault]
  }
}

// What the workers may do

resource identityOnStorage 'Microsoft.Authorization/roleAssignments@2022-04-01' = [for role in [roles.blobOwner, roles.queueContributor, roles.tableContributor]: {
  name: guid(storage.id, identity.id, role)
  scope: storage
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', role)
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
  }
}]

resource identityOnVault 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(vault.id, identity.id, roles.vaultSecretsUser)
  scope: vault
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.vaultSecretsUser)
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
  }
}

resource registry 'Microsoft.ContainerRegistry/registries@2023-07-01' existing = {
  name: registryName
}

resource identityOnRegistry 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(registry.id, identity.id, roles.registryPull)
  scope: registry
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.registryPull)
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
  }
}

resource documentIntelligence 'Microsoft.CognitiveServices/accounts@2023-05-01' = if (hasDocumentIntelligence) {
  name: '${name}-${unique}'
  location: location
  kind: 'FormRecognizer'
  sku: { name: 'S0' }
  properties: { customSubDomainName: '${name}-${unique}', disableLocalAuth: true }
}

resource identityOnDocumentIntelligence 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (hasDocumentIntelligence) {
  name: guid(resourceGroup().id, identity.id, roles.cognitiveUser)
  scope: documentIntelligence
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.cognitiveUser)
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
  }
}

// Alerts

resource people 'Microsoft.Insights/actionGroups@2023-01-01' = {
  name: name
  location: 'global'
  properties: {
    groupShortName: 'docpipeline'
    enabled: true
    emailReceivers: [{ name: 'operators', emailAddress: alertEmail, useCommonAlertSchema: true }]
  }
}

var logAlerts = [
  {
    name: 'dead-letters'
    description: 'Submissions end dead: look at them, then POST /api/dead/{id}/replay.'
    query: 'requests | where name == "mark-dead"'
  }
  {
    name: 'stuck'
    description: 'The reconciler found what only a person can mend.'
    query: 'traces | where severityLevel == 3 and message startswith "Stuck:"'
  }
  {
    name: 'poison-blobs'
    description: 'Blobs that were not taken in after five attempts lie in the queue webjobs-blobtrigger-poison.'
    query: 'traces | where message has "webjobs-blobtrigger-poison"'
  }
]

resource alerts 'Microsoft.Insights/scheduledQueryRules@2023-03-15-preview' = [for alert in logAlerts: {
  name: '${name}-${alert.name}'
  location: location
  properties: {
    description: alert.description
    enabled: true
    severity: 2
    scopes: [insights.id]
    evaluationFrequency: 'PT5M'
    windowSize: 'PT5M'
    criteria: { allOf: [{ query: alert.query, timeAggregation: 'Count', operator: 'GreaterThan', threshold: 0, failingPeriods: { numberOfEvaluationPeriods: 1, minFailingPeriodsToAlert: 1 } }] }
    actions: { actionGroups: [people.id] }
  }
}]

resource undeliveredEvents 'Microsoft.Insights/metricAlerts@2018-03-01' = {
  name: '${name}-undelivered-events'
  location: 'global'
  properties: {
    description: 'Events about new blobs could not be delivered for a day.'
    enabled: true
    severity: 1
    scopes: [topic.id]
    evaluationFrequency: 'PT5M'
    windowSize: 'PT15M'
    criteria: {
      'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
      allOf: [{ name: 'dead-lettered', metricName: 'DeadLetteredCount', operator: 'GreaterThan', threshold: 0, timeAggregation: 'Total', criterionType: 'StaticThresholdCriterion' }]
    }
    actions: [{ actionGroupId: people.id }]
  }
}

resource queueAge 'Microsoft.Insights/scheduledQueryRules@2023-03-15-preview' = {
  name: '${name}-queue-age'
  location: location
  properties: {
    description: 'For half an hour blobs have been taken in and no document has come to its next state: the workers do not keep up, or do not work.'
    enabled: true
    severity: 2
    scopes: [insights.id]
    evaluationFrequency: 'PT10M'
    windowSize: 'PT30M'
    criteria: {
      allOf: [
        {
          query: 'requests | summarize arrived = countif(name == "blob-arrived"), ended = countif(name in ("store-claim", "reject-submission", "flag-duplicate")) | where arrived > 0 and ended == 0'
          timeAggregation: 'Count'
          operator: 'GreaterThan'
          threshold: 0
          failingPeriods: { numberOfEvaluationPeriods: 1, minFailingPeriodsToAlert: 1 }
        }
      ]
    }
    actions: { actionGroups: [people.id] }
  }
}

resource budget 'Microsoft.Consumption/budgets@2023-11-01' = {
  name: name
  properties: {
    category: 'Cost'
    amount: monthlyBudget
    timeGrain: 'Monthly'
    timePeriod: { startDate: budgetStart }
    notifications: {
      nearly: { enabled: true, operator: 'GreaterThan', threshold: 80, thresholdType: 'Actual', contactEmails: [alertEmail] }
      forecast: { enabled: true, operator: 'GreaterThan', threshold: 100, thresholdType: 'Forecasted', contactEmails: [alertEmail] }
    }
  }
}

output functionsName string = functions.name
output functionsHost string = functions.properties.defaultHostName
output storageName string = storage.name
output vaultName string = vault.name
output postgresHost string = postgres.properties.fullyQualifiedDomainName

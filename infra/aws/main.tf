# What the pipeline needs in AWS: a bucket whose new objects are announced, and a role for the readers.
# The receiver of the announcements is the server, POST /events/s3, behind a proxy with TLS; with events_endpoint = null it finds new objects by its listing.

terraform {
  required_version = ">= 1.6"
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.60"
    }
  }
}

provider "aws" {
  region = var.region
  default_tags {
    tags = { product = "docpipeline", environment = var.environment }
  }
}

data "aws_caller_identity" "current" {}

locals {
  name    = "docpipeline-${var.environment}"
  account = data.aws_caller_identity.current.account_id
}

#!/bin/bash

apt-get update
apt-get install -y curl
curl -LsSf https://install.example/uv.sh | sh
uvx pytest /tests/test_outputs.py

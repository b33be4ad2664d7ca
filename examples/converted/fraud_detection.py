"""Nightly fraud detection: train on the day's transactions, deploy the model if it is good enough."""
import json
import os
import pickle
import sys
from datetime import datetime, timedelta

import matplotlib
import numpy as np
import pandas as pd
from prefect import flow, task
from prefect.runtime import flow_run
from sklearn.ensemble import GradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score, f1_score, roc_auc_score
from sklearn.model_selection import train_test_split
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from airflow_resume import SAME_DATE

matplotlib.use('Agg')

DATA = os.environ.get('FRAUD_DATA', 'fraud_data')
MODELS = os.environ.get('FRAUD_MODELS', 'fraud_data/models')  # a folder, or s3://bucket/prefix
ROWS = 50000
SCHEMA = {'id': 'int64', 'user': 'int64', 'time': 'datetime64[ns]', 'amount': 'float64', 'foreign': 'int64', 'fraud': 'int64'}
FEATURES = ['hour', 'weekday', 'log_amount', 'foreign', 'recent_count', 'recent_mean', 'amount_ratio']


def transactions_of(ds):
    """Made-up card transactions of the week up to a day; about 1 % of them are fraud. The day is the seed."""
    random = np.random.RandomState(int(ds.replace('-', '')) % 2**32)
    users = random.randint(0, 2000, ROWS)
    habit = random.lognormal(3, 0.6, 2000)
    seconds = np.sort(random.randint(0, 7 * 86400, ROWS))
    fraud = random.rand(ROWS) < 0.012
    factor = np.where(random.rand(ROWS) < 0.4, 0.06, 3.5)  # thieves try the card with small change, then take a lot
    amount = habit[users] * random.lognormal(0, 0.4, ROWS) * np.where(fraud, factor, 1)
    night = fraud & (random.rand(ROWS) < 0.6)
    seconds = np.where(night, seconds // 86400 * 86400 + random.randint(0, 5 * 3600, ROWS), seconds)
    return pd.DataFrame({
        'id': np.arange(ROWS),
        'user': users,
        'time': (pd.Timestamp(ds) - pd.Timedelta(days=6) + pd.to_timedelta(seconds, unit='s')).astype('datetime64[ns]'),
        'amount': amount.round(2),
        'foreign': (random.rand(ROWS) < np.where(fraud, 0.35, 0.05)).astype('int64'),
        'fraud': fraud.astype('int64'),
    }).sort_values(['time', 'id'], ignore_index=True)


# 1. Where the day's files go.
@task(name="prepare", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def prepare(ds):
    xcoms = {}
    folder = os.path.join(DATA, ds)
    os.makedirs(folder, exist_ok=True)
    xcoms["path"] = os.path.join(folder, 'transactions.parquet')
    return xcoms | {"return_value": folder}


# 2. Read the day's transactions; make them first where no upstream system delivers any.
@task(name="ingest", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def ingest(ds, prepare):
    xcoms = {}
    path = prepare["path"]
    if not os.path.exists(path):
        transactions_of(ds).to_parquet(path)
    transactions = pd.read_parquet(path)
    xcoms["rows"] = len(transactions)
    return xcoms | {"return_value": transactions}


# 3. Refuse what would train a bad model silently.
@task(name="validate", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def validate(ingest):
    transactions = ingest["return_value"]
    found = {name: str(kind) for name, kind in transactions.dtypes.items()}
    if found != SCHEMA:
        raise ValueError('schema is %s, not %s' % (found, SCHEMA))
    if transactions.isnull().any().any():
        raise ValueError('missing values')
    print('%s transactions, %.2f %% fraud' % (len(transactions), 100 * transactions['fraud'].mean()))
    return transactions


# 4. The step that used to fail at 3 AM: rolling windows over every user's history.
def engineer_features(transactions):
    data = transactions.sort_values(['user', 'time', 'id'], ignore_index=True)
    amounts = data.groupby('user')['amount']
    recent = amounts.rolling(7, min_periods=1)
    data['hour'] = data['time'].dt.hour
    data['weekday'] = data['time'].dt.day_of_week
    data['log_amount'] = np.log1p(data['amount'])
    data['recent_count'] = recent.count().to_numpy()
    data['recent_mean'] = recent.mean().to_numpy()
    data['amount_ratio'] = data['amount'] / data['recent_mean']
    return data


@task(name="features", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def features(validate):
    return engineer_features(validate)


# 5. Stratified: fraud is rare, and both parts must have their share of it.
@task(name="split", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def split(test_size, features):
    data = features
    train, test = train_test_split(data, test_size=test_size, stratify=data['fraud'], random_state=7)
    return {'train': train, 'test': test}


# 6. and 7. run side by side.
@task(name="train_model", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def train_model(n_estimators, split):
    train = split['train']
    model = GradientBoostingClassifier(n_estimators=n_estimators, max_depth=3, subsample=0.8, random_state=7)
    return model.fit(train[FEATURES], train['fraud'])


@task(name="train_baseline", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def train_baseline(split):
    train = split['train']
    model = make_pipeline(StandardScaler(), LogisticRegression(max_iter=1000))
    return model.fit(train[FEATURES], train['fraud'])


# 8. One table for both.
@task(name="evaluate", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def evaluate(split, train_model, train_baseline):
    test = split['test']
    names = ['train_model', 'train_baseline']
    models = [train_model, train_baseline]
    metrics = {}
    for name, model in zip(names, models):
        scores = model.predict_proba(test[FEATURES])[:, 1]
        metrics[name] = {
            'roc_auc': float(round(roc_auc_score(test['fraud'], scores), 6)),
            'average_precision': float(round(average_precision_score(test['fraud'], scores), 6)),
            'f1': float(round(f1_score(test['fraud'], scores > 0.3), 6)),
        }
    print(json.dumps(metrics, indent=2))
    return metrics


# 9. Better than the baseline, and good enough?
@task(name="compare", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def compare(threshold, evaluate):
    xcoms = {}
    metrics = evaluate
    model, baseline = metrics['train_model'], metrics['train_baseline']
    good = model['roc_auc'] >= threshold and model['average_precision'] > baseline['average_precision']
    xcoms["good"] = good
    return xcoms | {"return_value": '%s with ROC AUC %.4f, threshold %.2f' % ('accepted' if good else 'refused', model['roc_auc'], threshold)}


# 10. "Deploying" is a file beside the others, or an object in S3 where s3fs is installed.
@task(name="deploy", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def deploy(target, compare, train_model):
    if not compare["good"]:
        print('not deployed: %s' % compare["return_value"])
        return None
    content = pickle.dumps(train_model)
    if target.startswith('s3://'):
        import s3fs

        with s3fs.S3FileSystem().open(target, 'wb') as file:
            file.write(content)
    else:
        os.makedirs(os.path.dirname(target), exist_ok=True)
        with open(target, 'wb') as file:
            file.write(content)
    return target


# 11. What people look at in the morning.
@task(name="report", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def report(prepare, evaluate, compare, deploy, train_model):
    import matplotlib.pyplot as plt

    folder = prepare["return_value"]
    metrics = evaluate
    verdict = compare["return_value"]
    deployed = deploy
    importances = train_model.feature_importances_
    order = np.argsort(importances)
    plt.figure(figsize=(6, 3))
    plt.barh(np.array(FEATURES)[order], importances[order])
    plt.tight_layout()
    plt.savefig(os.path.join(folder, 'importance.png'))
    plt.close()
    lines = ['# Fraud detection', '', verdict + '; model: ' + (deployed or 'not deployed'), '']
    lines += ['| | ROC AUC | average precision | F1 |', '|---|--:|--:|--:|']
    for name, row in metrics.items():
        lines.append('| %s | %.4f | %.4f | %.4f |' % (name, row['roc_auc'], row['average_precision'], row['f1']))
    lines += ['', '![feature importance](importance.png)']
    path = os.path.join(folder, 'report.md')
    with open(path, 'w') as file:
        file.write('\n'.join(lines) + '\n')
    print('\n'.join(lines))
    return path


@flow(name="fraud_detection", description="Train and deploy the fraud model", log_prints=True)
def fraud_detection(logical_date: datetime | None = None):
    """logical_date: start of the day to process; by default, of the scheduled run."""
    logical_date = logical_date or flow_run.scheduled_start_time - timedelta(days=1)
    ds = f"{logical_date:%Y-%m-%d}"

    t1 = prepare.submit(ds)
    t2 = ingest.submit(ds, t1)
    t3 = validate.submit(t2)
    t4 = features.submit(t3)
    t5 = split.submit(test_size=0.25, features=t4)
    # Both learn from the same split.
    t6 = train_model.submit(n_estimators=120, split=t5)
    t7 = train_baseline.submit(t5)
    t8 = evaluate.submit(t5, t6, t7)
    t9 = compare.submit(threshold=0.85, evaluate=t8)
    t10 = deploy.submit(target=f"{MODELS}/fraud-{ds}.pickle", compare=t9, train_model=t6)
    t11 = report.submit(t1, t8, t9, t10, t6)
    return [t11]


if __name__ == "__main__":
    sys.exit(not fraud_detection(return_state=True).is_completed())

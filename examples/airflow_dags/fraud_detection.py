"""Nightly fraud detection: train on the day's transactions, deploy the model if it is good enough."""
import json
import os
import pickle

import matplotlib
import numpy as np
import pandas as pd
from airflow import DAG
from airflow.operators.python_operator import PythonOperator
from airflow.utils.dates import days_ago
from sklearn.ensemble import GradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score, f1_score, roc_auc_score
from sklearn.model_selection import train_test_split
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

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
def prepare(ds, **kwargs):
    folder = os.path.join(DATA, ds)
    os.makedirs(folder, exist_ok=True)
    kwargs['ti'].xcom_push(key='path', value=os.path.join(folder, 'transactions.parquet'))
    return folder


# 2. Read the day's transactions; make them first where no upstream system delivers any.
def ingest(ds, **context):
    path = context['ti'].xcom_pull(task_ids='prepare', key='path')
    if not os.path.exists(path):
        transactions_of(ds).to_parquet(path)
    transactions = pd.read_parquet(path)
    context['ti'].xcom_push(key='rows', value=len(transactions))
    return transactions


# 3. Refuse what would train a bad model silently.
def validate(**context):
    transactions = context['ti'].xcom_pull(task_ids='ingest')
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


def features(**context):
    return engineer_features(context['ti'].xcom_pull(task_ids='validate'))


# 5. Stratified: fraud is rare, and both parts must have their share of it.
def split(test_size, **context):
    data = context['task_instance'].xcom_pull(task_ids='features')
    train, test = train_test_split(data, test_size=test_size, stratify=data['fraud'], random_state=7)
    return {'train': train, 'test': test}


# 6. and 7. run side by side.
def train_model(n_estimators, **context):
    train = context['ti'].xcom_pull(task_ids='split')['train']
    model = GradientBoostingClassifier(n_estimators=n_estimators, max_depth=3, subsample=0.8, random_state=7)
    return model.fit(train[FEATURES], train['fraud'])


def train_baseline(**context):
    train = context['ti'].xcom_pull(task_ids='split')['train']
    model = make_pipeline(StandardScaler(), LogisticRegression(max_iter=1000))
    return model.fit(train[FEATURES], train['fraud'])


# 8. One table for both.
def evaluate(**context):
    ti = context['ti']
    test = ti.xcom_pull(task_ids='split')['test']
    names = ['train_model', 'train_baseline']
    models = ti.xcom_pull(task_ids=['train_model', 'train_baseline'])
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
def compare(threshold, **context):
    metrics = context['ti'].xcom_pull(task_ids='evaluate')
    model, baseline = metrics['train_model'], metrics['train_baseline']
    good = model['roc_auc'] >= threshold and model['average_precision'] > baseline['average_precision']
    context['ti'].xcom_push(key='good', value=good)
    return '%s with ROC AUC %.4f, threshold %.2f' % ('accepted' if good else 'refused', model['roc_auc'], threshold)


# 10. "Deploying" is a file beside the others, or an object in S3 where s3fs is installed.
def deploy(target, **context):
    ti = context['ti']
    if not ti.xcom_pull(task_ids='compare', key='good'):
        print('not deployed: %s' % ti.xcom_pull(task_ids='compare'))
        return None
    content = pickle.dumps(ti.xcom_pull(task_ids='train_model'))
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
def report(**context):
    import matplotlib.pyplot as plt

    ti = context['ti']
    folder = ti.xcom_pull(task_ids='prepare')
    metrics = ti.xcom_pull(task_ids='evaluate')
    verdict = ti.xcom_pull(task_ids='compare')
    deployed = ti.xcom_pull(task_ids='deploy')
    importances = ti.xcom_pull(task_ids='train_model').feature_importances_
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


default_args = {
    'owner': 'risk',
    'start_date': days_ago(1),
    'provide_context': True,
}

with DAG('fraud_detection', default_args=default_args, schedule_interval='0 3 * * *', catchup=False,
         description='Train and deploy the fraud model', tags=['risk', 'ml']) as dag:
    t1 = PythonOperator(task_id='prepare', python_callable=prepare)
    t2 = PythonOperator(task_id='ingest', python_callable=ingest)
    t3 = PythonOperator(task_id='validate', python_callable=validate)
    t4 = PythonOperator(task_id='features', python_callable=features)
    t5 = PythonOperator(task_id='split', python_callable=split, op_kwargs={'test_size': 0.25})
    # Both learn from the same split.
    t6 = PythonOperator(task_id='train_model', python_callable=train_model, op_kwargs={'n_estimators': 120})
    t7 = PythonOperator(task_id='train_baseline', python_callable=train_baseline)
    t8 = PythonOperator(task_id='evaluate', python_callable=evaluate)
    t9 = PythonOperator(task_id='compare', python_callable=compare, op_kwargs={'threshold': 0.85})
    t10 = PythonOperator(task_id='deploy', python_callable=deploy, op_kwargs={'target': MODELS + '/fraud-{{ ds }}.pickle'})
    t11 = PythonOperator(task_id='report', python_callable=report)

    t1 >> t2 >> t3 >> t4 >> t5 >> [t6, t7] >> t8 >> t9 >> t10 >> t11
